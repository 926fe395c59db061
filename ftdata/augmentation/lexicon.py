"""Words and short phrases that say the same in a request, and the places where they do.

A line is a group: `LEFT _ RIGHT : old = new`, or `old > new` where it goes one way only; `|` parts
several new ones. LEFT and RIGHT hold the words of which one must stand directly before or after; a
word with a `-` must not. Without them every place will do. START and END are the borders of a
sentence, COMMA is any other mark; the other capitals are classes of words.
"""

from __future__ import annotations

CLASSES = {
    "VERB": "START COMMA to can could should would will may might must please i you we they let's",
    "DET": "a an the my our your their his its this that these those some any each every all it"
    " them one two three four five ten",
    "BE": "am are is was were be i'm you're we're they're it's",
    "WH": "what where when who how if whether why which",
    "BOUND": "theater theaters theatre theatres star stars ticket tickets time times house houses"
    " show shows",
    "SHOW": "it movie film show concert game match class event lesson course session",
}

VERBS = """
VERB _ -me -us -him -her -you -into -order -orders : purchase = buy
-BE _ : purchased = bought
_ DET tickets : purchasing = buying
VERB _ to with at : begin > start
SHOW _ END : start = begin
_ to with at : beginning > starting
_ DET : commence > start
_ with : assist me = help me
VERB _ DET : require > need
it who she he which that _ DET : requires > needs
VERB _ DET : obtain > get
_ DET : obtaining > getting
VERB _ DET : receive > get
VERB _ DET how : demonstrate > show
VERB _ DET : display > show
VERB _ the : discuss > talk about
VERB _ how : explain = describe
VERB _ a an one two three some : select > choose | pick
VERB _ a an one two three some : choose > pick | select
_ DET : selecting > choosing | picking
_ DET : choosing > selecting | picking
VERB _ : utilize > use
VERB _ : utilise > use
utilizing > using
utilising > using
make use of > use
making use of > using
VERB _ DET : locate > find
_ DET : locating > finding
_ WH : inform me > tell me
VERB _ : attempt to > try to
BE _ : trying to = attempting to
attempted to > tried to
_ i you we they it he she everyone the : ensure that = make sure that
VERB _ DET : construct > build
_ DET : constructing > building
_ DET : reply to > respond to
VERB _ : comprehend > understand
VERB _ me us you them people : permit > allow
BE not _ : permitted to = allowed to
inquire about > ask about
enquire about > ask about
inquiring about > asking about
VERB _ in at with : reside > live
residing in > living in
depart from > leave from
departing from > leaving from
VERB _ DET : repair > fix
occur > happen
occurs > happens
occurred > happened
occurring > happening
-what -what's -has -that -had -have -to _ in at on during : happened > occurred
provide me with > give me
provide us with > give us
give me a list = provide me with a list
give me a summary = provide me with a summary
give me an example = provide me with an example
give me an overview = provide me with an overview
give me some advice = provide me with some advice
give me some examples = provide me with some examples
VERB _ a an three some five : provide > give
deliver a speech = give a speech
delivering a speech = giving a speech
VERB _ a some any : recommend = suggest
_ if whether : determine > find out
VERB _ if whether : find out = figure out
_ how why what : figure out = work out
verify that > confirm that | check that
verify if > check if
check if = see if
check whether = see whether
VERB _ the : enhance > improve
_ if when : let me know = tell me
_ where which : tell me > let me know
_ END DET someone : speak with = talk to
_ DET someone people : speak to = talk to | speak with
wish to > want to
would i'd _ : prefer to = rather
i'd love to = i'd really like to
START COMMA and _ : are you able to > can you
START COMMA and _ : would you be able to > could you
am i able to > can i
take part in = participate in
taking part in = participating in
took part in > participated in
VERB _ -for -of -with -the -lens -lenses -details -info -information : contact = get in touch with
VERB _ the : contact > get in touch with
come up with > think of
coming up with > thinking of
VERB how _ a an the this such : handle = deal with
_ a an the this such : dealing with > handling
_ the this a my : fill out > fill in
watch a movie = see a movie
watch a film = see a film
VERB _ : book a table = reserve a table
VERB _ : book a room = reserve a room
VERB _ : book a hotel = reserve a hotel
VERB _ : book a flight = reserve a flight
book tickets > reserve tickets
have a look at = take a look at
take a trip = go on a trip
have dinner = eat dinner
make money = earn money
making money = earning money
START COMMA could can _ : kindly > please
VERB _ : search for = look for
searching for = looking for
tasked with = given the task of
-and -or _ : specializing in = who specializes in
who specialises in = specialising in
VERB _ : opt for > choose
VERB _ : rely on = depend on
relies on = depends on
consisting of > made up of
composed of = made up of
in charge of > responsible for
"""

ADVERBS = """
-and _ END : quickly > fast
as quickly as possible = as fast as possible
rapidly > quickly
approximately > about | roughly
_ COMMA : in addition > also
START _ COMMA : additionally = also | in addition
START _ COMMA : furthermore > moreover | also
for instance = for example
such as > like
in order to > to
prior to > before
_ DET : regarding = concerning
information details questions question advice insight _ DET : regarding > about
information details questions question advice discovery _ DET : concerning > about
with regard to > about | regarding
in regard to > about
in regards to > about
information details questions question advice _ DET : about > regarding
-do -done -go -stop -leave _ END COMMA : right now = at the moment
BE _ playing showing available open closed : currently > presently
_ END : currently > at the moment | right now
at present > at the moment
nowadays = these days
_ -asked : frequently > often
how _ : often > frequently
usually = normally | typically
typically > usually | normally
primarily = mainly
mostly > mainly
completely = entirely
totally > completely
extremely > very | really
_ good nice helpful interesting hard difficult easy happy sad tired cheap important : very = really
perhaps = maybe
_ END : immediately = right away
-not _ -no -nothing -none -any -anything -impossible : almost > nearly
-not _ : nearly > almost
_ END : as well = too
-me -you -little -bit _ END : too > as well
certainly > definitely
_ END : correctly = properly
_ END COMMA : for free = free of charge
_ END : regularly = on a regular basis
on a daily basis > every day
in the meantime = meanwhile
START _ COMMA : lastly = finally
in my opinion = in my view
in your opinion = in your view
instantly > immediately
till > until
although = even though
in spite of = despite
_ the my this a : due to > because of
_ the my this : because of > due to
other than that = apart from that
aside from > apart from
with the aid of = with the help of
in the event of > in case of
in layman's terms = in simple terms | in plain terms
outside of > outside
inside of > inside
off of > off
all of the > all the
all of your > all your
all of my > all my
across the world > around the world
_ END : worldwide > around the world
every year = each year
every month = each month
every week = each week
_ END COMMA : per day = a day
on the internet > online
"""

NOUNS = """
for my your need want some any more all _ END COMMA with : assistance = help
your _ has was is : assistance = help
info > information
more any all some _ about on : information > info
any some _ END for on : suggestions = recommendations
any some _ END for : ideas > suggestions
the main some key _ of : benefits = advantages
pros and cons = advantages and disadvantages
drawbacks = disadvantages
_ to : methods > ways
a the _ to : method > way
the _ of : goal = aim
main reason = primary reason
main reasons = primary reasons
main purpose = primary purpose
what which this that any some each every _ of : kind = type | sort
what which these those many different other some _ of : kinds = types | sorts
-quite -just _ more about too less later : a bit = a little
-quite -such _ : a lot of = lots of
a large number of > many
a large amount of > a lot of
a wide range of = a wide variety of
a small number of > a few
the majority of the > most of the
an any some no the _ -large -small -big : additional > extra
an any some _ information time help : extra > additional
numerous > many
the my your this an _ -of : entire = whole
correct answer = right answer
my the our your young _ -menu -meal : kids > children
a my our your _ END COMMA is has who : kid > child
_ -BOUND : movie = film
_ -BOUND : movies = films
a the _ of END : photo > picture
some the _ of END : photos > pictures
automobile > car
automobiles > cars
physician > doctor
attorney > lawyer
attorneys > lawyers
beverage > drink
beverages > drinks
cell phone = mobile phone
sofa = couch
the _ END : trash = garbage
an _ with : issue > problem
a _ with : problem > issue
issues with = problems with
anyone = anybody
someone = somebody
everyone = everybody
my mom > my mother
my dad > my father
your _ on about : thoughts = views
the its _ of : significance > importance
"""

ADJECTIVES = """
BE so very too really pretty quite _ to : difficult = hard
simplest way = easiest way
-an _ : easy way to = simple way to
an _ : easy way to = simple way to
a an the _ -for -as -in -last : renowned = famous | well-known
a an _ -for -as -in -last : famous > renowned | well-known
renowned for > famous for | well known for
BE _ : crucial = essential
suitable for > appropriate for
delicious = tasty
weird > strange
frightening > scary
-the _ END hotel flight ticket option room : cheapest > least expensive
a any some _ hotel hotels flight flights ticket tickets option room : cheap = inexpensive
-ten -hundred _ -neighbor -neighbors -neighbour -friend -friends -integer : nearest = closest
an a _ -in -with : experienced > seasoned
top expert > leading expert
various > different
a _ summary overview description explanation history introduction : brief = short
a _ analysis explanation overview guide review : detailed > in-depth
_ to : happy = glad
afraid of = scared of
amazing > incredible
_ that : certain = sure
"""

COURTESY = """
this evening > tonight
START COMMA _ COMMA END there : hi > hello | hey
START COMMA _ COMMA END there : hello > hi
START COMMA _ COMMA END there : hey > hi | hello
thank you so much = thank you very much
-no _ : thanks so much = thanks a lot
-no _ : thanks very much > thanks so much | thanks a lot
thanks a ton > thanks so much
thanks a bunch > thanks a lot
_ END COMMA : sounds great = sounds wonderful | sounds fantastic
_ END COMMA : sounds perfect > sounds great
_ END COMMA : would be great = would be wonderful
_ i for thanks thank END COMMA : that's all > that's everything
_ END COMMA : that is correct = that's right
_ END COMMA : that's correct = that's right
have a good day = have a nice day
have a great day = have a nice day
goodbye > bye
START _ COMMA : okay = ok | all right
START _ END COMMA : perfect > great | excellent
START _ END COMMA : great > perfect | excellent
_ COMMA END : that works for me > that suits me
what are your thoughts on = what do you think about
what is your opinion on > what do you think about
if you don't mind = if that's all right
"""

SYNONYMS = (VERBS, ADVERBS, NOUNS, ADJECTIVES, COURTESY)
