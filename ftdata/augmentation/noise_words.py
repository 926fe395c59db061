"""Which words hurried users get wrong, and how: none of them a name, a number or a negation."""

from __future__ import annotations

_COMMON = """
about above actually address advice after again allowed already although always amount another
answer anyone anything appointment around asking available aware based because become before
being believe benefits better between bring business called careful check children choose
clear coming common company compare computer consider correct could couple course create
current currently customer daily decide depends describe design details develop difference
different difficult directions discuss doing during early easily effective either enough ensure
especially evening every everyone everything example exactly expensive experience explain
family famous features figure finally follow following friends general getting giving going
great group handle happen happened happens having healthy helpful history however human
important improve include including information instead interested interesting issue
language later learn leave letter likely little local located looking machine making maybe
message method might minute minutes money months moment morning movie movies myself nearby
nearest needed number often online opinion option options order other outside people perfect
perform perhaps person phone place playing please popular possible pretty prevent
probably problem problems process product program provide purchase question questions quickly
quite rather reading ready really reason reasons receive recently recommend regarding
related remember report require required reserve restaurant result return right running
schedule school search sense service several share should showing showtimes simple since
situation small solution someone something sometimes somewhere sound sounds special
specific start started steps still story strong student suggest suggestions support
system table taking talking thank thanks their themselves there these thing things think
thinking those ticket tickets times today together tomorrow tonight topic total
travel trying under understand until useful using usually various video visit waiting
wanted watch weather weekend where whether which while whole wonder wondering working
would write writing years yourself
"""
COMMON = frozenset(_COMMON.split())
"""In which a finger may slip."""

_SLIPPED_INTO = """
abut being bing bring chose coarse cold corse curse decode ding discus dong endure ether fiends
gong hunan late lave layer lean moth moths mouths moves pace paying petty plying poplar prefect
preform quiet quit quote rally relayed shoed stared stated steeps string taking tale tank tanks
thong thongs three tier ties tomes tying waned were wether while whole wile wrote
"""
OTHER_WORDS = frozenset(_SLIPPED_INTO.split())
"""What a slip in a common word may give that is a word as well: it would say another thing."""

_SHORT_OPENERS = """
a add all also am an and any are as at book but buy by can did do does explain find for from get
give had has have hello help hey hi how i i'd i'll i'm i've if imagine in into is it it's its just
let list look make me my name of oh ok okay on one or our pick play pretend set show so some sure
take tell that that's the then they this to was we well were what what's when who who's why will
with yeah yes yep you your
"""
OPENERS = COMMON | frozenset(_SHORT_OPENERS.split())
"""Words whose capital is that of a sentence."""

_MISSPELLED = """
about abotu   | achieve acheive | accommodation accomodation | across accross | address adress
appointment apointment appoitment | available availible avaliable | basically basicly
because becuase becasue | beginning begining | believe beleive | business buisness
calendar calender | careful carefull | completely completly | definitely definately definitly
difference diffrence | different diffrent | directions direcitons | environment enviroment
especially especialy | everything everthing | exactly exaclty | experience experiance
explanation explaination | familiar familar | finally finaly | find fidn | foreign foriegn
forward foward | friend freind | friends freinds | government goverment | happened happend
have ahve hvae | help hlep | immediately immediatly | important importent | independent independant
information infomation informaiton | interested intrested | interesting intresting
just jsut | know konw | knowledge knowlege | language langauge | license lisence | like liek
maintenance maintainance | maybe mabye | more mroe | movie moive | movies moives
necessary neccessary | occurred occured | opportunity oppurtunity | particularly particulary
people poeple | piece peice | playing plaing | possible posible | prefer perfer | probably probaly
purchase purchace | question quesiton | questions quesitons | quickly quikly | really realy
receive recieve | recommend reccomend recomend | relevant relevent
remember remeber | reservation resevation | responsible responsable
restaurant restaraunt resturant | restaurants resturants
schedule shedule | science sience | separate seperate | should shoud
showing showign | similar similiar | some smoe | something somthing | sometimes somtimes
strategy stratagy | strength strenght | successful succesful | suggestions sugestions
surprise suprise | thanks thnaks thansk | that taht | the teh | their thier | there tehre
ticket tiket | tickets tikets | together togather | tomorrow tommorow tommorrow | tonight tonite
truly truely | understand undestand | until untill | usually usualy | want wnat | weird wierd
what waht | when wehn | where whre | whether wether | which wich | with wiht | would woud
writing writting | your yoru
"""
MISSPELLED = {
    words[0]: tuple(words[1:])
    for entry in _MISSPELLED.replace("\n", "|").split("|")
    if (words := entry.split())
}

# `LEFT _ RIGHT : old > new`, as in the lexicon of synonyms.
TEXTING = """
please > pls | plz
-and _ -you : thanks > thx
START COMMA okay ok great no yes _ -for : thank you > thx | ty
START COMMA okay ok great no yes _ for : thank you > thx
can could would do did if will are that so _ : you > u
what's is in on for have know me of _ : your > ur
because > bc | cuz
people > ppl
_ END COMMA : tomorrow > tmrw
something > smth
_ END COMMA : right now > rn
i you we they _ : want to > wanna
i'm _ be see watch go need take buy get : going to > gonna
by the way > btw
as soon as possible > asap
let me know > lmk
really > rly
"""

_ACCENTED = {
    "es": "qué cómo cuál cuáles cuándo cuánto cuánta cuántos cuántas dónde quién quiénes está están"
    " estás también más así aquí día días después además podría podrías sería película películas"
    " información dirección teléfono habitación según todavía",
    "pt": "você vocês também até já está possível difícil através números porquê",
    "it": "perché più può così già cioè però",
    "ca": "què més està també així perquè països pròxims últims només després",
    "fr": "même très après déjà être était ça problème",
    "de": "für können möchte möchten würde würden über könnte hätte während für natürlich",
}
_PLAIN = str.maketrans("áéíóúàèìòùêïç", "aeiouaeioueic")
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
ACCENTED = {
    language: {
        word: word.translate(_GERMAN if language == "de" else _PLAIN) for word in listed.split()
    }
    for language, listed in _ACCENTED.items()
}
"""Words of other languages as they are typed on a keyboard without their marks."""
