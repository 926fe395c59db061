"""Words that may stand in or before a name and are none by themselves, lower case.

A name in the lists that is also one of `ORDINARY` needs a cue, or a second name beside it.
"""

from __future__ import annotations


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


PARTICLES = _set(
    """
    van von der den de del della dei di da do dos das du la le al el bin ibn abu bint ben ter ten
    zu zum zur af av y e und san santa st mac mc
    """
)
TITLES = _set(
    """
    mr mrs ms miss mx dr prof professor sir madam lord lady dame rev reverend fr father sister
    brother capt captain judge justice president senator sr sra srta señor señora señorita dña don
    doña m mme mlle monsieur madame mademoiselle herr frau hr dhr mevr mevrouw meneer sig signor
    signora signorina dott dottore ing senhor senhora dra uncle aunt king queen prince princess
    pope saint general colonel major doctor maître hon
    """
)
# The titles that stand before a name with or without a full stop.
HONORIFICS = _set(
    """
    mr mrs ms miss mx dr prof rev capt sir madam sr sra srta dña doña señor señora mme mlle monsieur
    madame mademoiselle herr frau dhr mevr mevrouw meneer sig signor signora dott senhor senhora dra
    professor doctor captain sergeant sgt lt
    """
)
# These open a run of capitalised words and announce a name: "Dear Anna".
OPENERS = _set(
    """
    dear hi hello hey thanks thank bye goodbye i'm i’m hola estimado estimada querido querida
    bonjour cher chère salut hallo liebe lieber beste ciao caro cara olá prezado prezada
    """
)
# Words and pairs of words that announce a capitalised name: "said Anna", "speaking with Anna".
CUE_WORDS = _set(
    """
    dear hi hello hey hola bonjour hallo ciao i'm i’m it's it’s said starring named daughter son
    wife husband brother sister friend colleague doctor professor
    """
)
CUE_PHRASES = frozenset(
    {
        "i am", "this is", "call me", "speak with", "speak to", "speaking with", "speaking to",
        "directed by", "written by", "painted by", "composed by", "performed by", "signed by",
    }
)  # fmt: skip
# English words, calendar words, and words of other languages that open a sentence.
ORDINARY = _set(
    """
    els esa ese esas esos eres nada tal among alternate string central american muslim islam
    beauty gorge grove plaza sonata miracle tome ale lone grit cinema developer server author
    version operator template covid disney tesla google microsoft facebook twitter amazon safari
    chrome firefox venus mars athena tor tage tagen woche wochen monat monate jahr jahre stunde
    stunden minuten uhr jan feb apr jun jul aug sep oct nov dec i
    a able about above abroad absolutely accept accord account across act action actually add
    adult after again age ago agent agents ahead air alert all ally almond almost alone along
    alpha already also alto always am amber amen amor amount an ana anar and angel angels angry
    animal another answer ant ants any anybody anyone anything anyway apart app apparently apple
    april are area arch aria aries art article arts as ash ask asks aspen assistant at attention
    august aunt aura autumn avenue away awesome axis baby back bad bake ball band bands
    bank banks bar bare barn baron barton base basic basin bass bath bay be beach beam bean bear
    beat beautiful because bed bee beer before beg begin behind bell below belt bend bent berry
    best beta better between beyond big bill bills bin bins bird bishop bit bite bitter bits
    black blade bless blessing blind block blue board boat body bold bolt bond bone bones book
    books boss bot both bottom bow bowl box boy brain branch brand brands brave bread
    break brick bride bridge bridges bright bring brink brook brother brown brush buck bud buddy
    buffet bug bull bunch bunny burn burns burrow burst bury bus bush business busy but butcher
    butler buy by bye cable cage cake call called calm came camp camps can canal candle candy
    canyon cap cape captain car caravan card cards care careful cares carol carrier carry
    case cases cash cast castle casual cat catch cause cedar cell century certain chair chamber
    chambers champion chance change channel chapel charity charm chart chase chat check cheer
    chemist cherish cherry chi chief child chin chip choice christian church cinder cinnamon
    circle city civil class clay clean clear clever click cliff clock close cloud clover club
    coach coal coast coat cobb code coin cold collar college color come comer comfort coming
    comment common company compass complete con condition constant contact contractor contrast
    cook cooks cool cop copper coral cord core corn corner correct cost cotton could council
    count country county couple course court cousin cove cover cow craft crane crash crazy cream
    create creek crew cross crow crown cruise crush crystal cup cure curious current currently
    curry customer cut cycle dad daily dale dance danger dare dark dash data date dates dawn day
    days dead deal dean dear death deep deer delta den dense dental desert design desk destiny
    dew diamond did die diesel different dig direct dish divine do doc dock doctor does dog doll
    dollar dolphin done door doors dot double doubt dove down downs draft dragon drake draw
    dream dreams dress drew drink drive driver drop drum dry duck due duke dust dusty dutch duty
    each eagle early earn earth ease east easter easy echo eden edge edit editor egg eight
    either elder electric else ember emerald emery emit empire empty end energy english enough
    enter equal era escape essence estate even evening event ever every everybody everyone
    everything evidence exact example excellent except excuse expert extra eye eyes fabric face
    fact factor faculty failed fair fairy faith falcon fall false fame family fan fancy far fare
    farm farmer fashion fast fate father favor fawn fear feather fed fee feed feel feet fell
    fellow fern few field fielding fields fig fight file fill film final find finding fine
    finish fire first fish five fix flag flat fleet floor flora flower flowers fly focus
    follow food fool foot for force ford foreman forest forever form former forth fortune forum
    forward found fountain four fox frame france free freedom freely french fresh friday friend
    from frost fruit full fun funny future gain game games garden gas gate gates gay gem general
    generous genesis gentle german germany get gift gild girl give given glad glass glory glow
    go goal god gold golden golf gone good goods goodbye goose gown grace gran grand grant grass
    gravel gray great greece green greens greet greetings grey grill ground group grow guard
    guess guest guide gull gun gust guy guys gym had hair half hall ham hammer hand handler
    handy hang happy harbor hard hardy hare harm harmony harp harsh hart harvest has hat hate
    have haven hawk hay he head health heart hearty heath heather heaven heavy height hello help
    hence henna her herbert here hero hey hi hide high hill hills him his history hit hold
    holder holiday holly home honest honey honor hood hook hope hopefully hopes horn horse host
    hot hotel hour house how however huge hull human hundred hung hunt hurry husband ice
    if image important in indeed index indigo information inn innocent input instead interesting
    into iris iron is island issue it item its itself ivory jade jam january jar jay jazz jet
    jewel job join joke jolly journey joy judge july jump june jungle junior jury just justice
    keen keep key keys kick kid kidney kids kill kind king kings kiss kit kitchen kite knight
    know known lace lad lady lake lamb lamp land lane language large last late later laugh
    laurel lavender law lawn lawyer lay lea lead leader leaf lean learn least leather leave led
    left legend lemon less let letter letters level liberty library lie lies life light like
    lily lime line link lion list listen lit little live local lock lodge log logic london long
    look loop lord lore lose loss lost lot lotus love lovely low lower loyal luck lucky lunch
    lyric mad made magic magna maiden mail main major make male mall man manager mango many map
    maple marble march marine marina mark market marks marry marsh marshal marvel mas mass
    master match mate math matter may maybe mayor me meal mean meat media medicine meet mellow
    melody member mercer merchant mercury mercy merit merry message meta metal method mid might
    mile miles milk mill million mills mind mine mini mint minor minute miss mist mister
    mix model modest mom moment monday money month moon more morning moss most mother mount
    mountain mouse mouth move movie moving much music must my mystery nail name names narrow
    nation nature navy near neat neck need neighbor never new news next nice night nine ninja no
    noble nobody noel non none noon nor north northern not note nothing notice november now
    number nurse oak oat ocean october odd odds of off offer office oh oil ok okay old olive on
    once one only onyx open opera opal or orange orchid order oregon origin other our out over
    owe owner pace pack page pages paige pain paint pair palace pale palm panda pants paper
    parade paragon pardon parent parents park parks parrot part parts party pass past paste
    pastor path patience pause paw pay payment peace peach peak pear pearl peer pen penny people
    pepper perfect perhaps period person pet pets petal phoenix phone photo piano pick picture
    pie piece pierce pike pilot pin pine pink pioneer pipe pit place plain plan plane planet
    plank plant plate play player please plenty plum plus point pole police poll pond pool poor
    pop port porter position post pot potter pound power powers prairie praise prayer precious
    present president press pretty price pride priest prime prince princess print prior problem
    professor promise proper prosper proud public pull pulse pure purple push put quality queen
    quest question quick quiet quill quince quite race radio rain rainbow ram ran ranch ranger
    rank ransom rap rare rate raven ray reach read reader ready real reason rebel recently
    record red reed regards remember rent reply report request response rest review rice rich
    riches richer ride ridge right ring rise river rivers road robin rock rocky role roll roman
    room root roots rose rosemary ross round royal ruby rude rule run rush rust rye sad saffron
    safe sage sail sailor saint sales salmon salt same sand sandy santa sapphire saturday savage
    save saw say scarlet school science scout sea seal search season seat second see seem sees
    self sell send senior sense sept september serenity seven shade shadow shall sharp she sheep
    shell shepherd sheriff shine ship shirt shoe shop short should show sick side sign silk
    silver similar simple simply since sincere sing singer sir sister six skip sky sleep slow
    small smart smile smooth snow so soft solar sole some somebody someone something son song
    soon sorry soul sound soup south southern space spark sparks speak special speed spell
    spider spirit spoon sport spring springs spruce square squire stack staff stage stand
    star stark stars start state station stay steal steel stem step stern stick still stock
    stone stop store storm storms story street strength strong student study style subject
    success such sugar suit suits summer summers sun sunday sunny sunset sunshine super support
    sure sweet swift system table take talent tall tang tank target task tea teacher team
    tear teller temple ten tender term terms terra test texas text than thank thanks that the
    their them then there these they thing things think third this those though three thunder
    thursday tide tiger tile till time timber tiny tip title to toast today together told
    tomorrow tone tonight too took tool top topic torch total touch tour toward tower town toy
    trace track trade trail train tree trial trinity trip true truly trust truth try tuesday
    tune turn twelve twenty twin two type ugly uncle under union unique unit unity universe
    unknown until up update upon urban us use user usually vale valley valentine value van
    velvet ver verse very vest vice victory view village vine vintage violet virgin virtue visa
    vision visit voice volume wage wait walk walker wall wallet walls want war ward warm warmer
    warrior was wash watch water waters wave way we wealth weather web wedding wednesday week
    weeks weight welcome well wells went were west western what when where whether which while
    white who whole whom whose why wide wife wild will willow win wind window windy wine wing
    winner winter winters wise wish wit with wolf woman wonder wood woods word work world would
    wow write wrong yard yeah year yellow yes yesterday yet yoga you young your youth zero zion
    zone december february monsieur madame yo tu él ella el la los las un una uno de del al y o
    que qué como cómo cuando cuándo donde dónde quien quién por para pero sin si sí es está
    están muy más mi mis su sus se lo le les te nos ya hola gracias buenas buenos bueno buena
    señor usted todo toda cada luz sol mar rey paz cruz flor casa santo niño mala felicidad
    esperanza dolores rosa alba reyes campos je il elle nous vous ils elles une des du et ou où
    qui quoi quel quelle pourquoi quand dans sur avec sans pour par mais donc ce cette ces mon
    ma mes sa ses est sont oui bonjour merci salut petit noir blanc roche ich er sie wir ihr der
    das dem ein eine einen und oder aber wie wer wo wann warum ist sind mit ohne für von zu im
    auf nach vor bei kein keine ja nein hallo danke bitte gut guten morgen tag abend herr frau
    sommer io lui lei noi voi gli che quando perché per senza mio mia tuo suo ciao grazie
    buongiorno sì bella bello nero russo gatto guerra eu ele ela nós os um uma em na nas não sim
    olá oi obrigado obrigada meu minha seu sua isso este esta quem onde porque muito bom boa ik
    jij hij zij wij het een en maar niet wel hoe wat waar waarom dit dat deze hoi dank graag
    """
)
# Names of places and peoples that stand alone in a text far more often than persons so called.
PLACES = _set(
    """
    caracas armenia francia grecia roma parigi londres londra unido reino rica
    adelaide africa alabama alaska albania alexandria algeria america amsterdam angeles angola
    antioch argentina arizona arkansas asia athens atlanta atlantic auckland augusta austin
    australia austria bahrain bangkok barbados barcelona bath bavaria beijing belgium berkeley
    berlin bern bethany birmingham bogota bolivia bombay boston bradford brazil brisbane bristol
    britain brittany brooklyn brussels budapest buffalo burlington cairo california cambridge
    canada carolina charlotte chester chicago chile china cleveland clinton cologne colombia
    colorado columbia columbus concord congo copenhagen cordoba croatia cuba cyprus dakota dallas
    damascus danville davis delhi denmark denver detroit devon dominica dover dubai dublin durham
    ecuador edinburgh egypt el england essex estonia ethiopia europe everett fairfield ferrara
    finland florence florida francisco frankfurt fremont geneva genoa georgia ghana glasgow granada
    guatemala guernsey guinea guyana haiti hamburg hamilton hampton havana hawaii hayward helena
    holland holstein houston hungary iceland idaho illinois india indiana indonesia iowa iran iraq
    ireland israel istanbul italia italy jackson jamaica japan jersey jerusalem jordan kansas
    kensington kent kentucky kenya kingston korea kuwait kyoto lancaster lansing las lebanon leeds
    leon liberia libya lima lincoln lisbon liverpool livermore lorraine louisiana lucca luton
    luxembourg lyon madison maine malaysia mali malta manchester manhattan maryland melbourne
    mexico miami michigan milan milano milton minnesota mississippi missouri mitchell modena
    monaco montana monterey montreal morocco moscow mumbai munich namibia naples napoli nashville
    nebraska nepal netherlands nevada newark newton niger nigeria norfolk normandy norway oakland
    ohio oklahoma oman ontario orlando oslo ottawa oxford pakistan palermo palestine panama
    paraguay paris pavia persia peru philadelphia pisa pittsburg pittsburgh poland portland
    portugal prague princeton providence puerto qatar quebec ravenna reading reno richmond rio
    romania rome rotterdam russia sacramento salem samoa santiago savannah scotland seattle
    senegal seoul serbia seville shanghai sheffield siena singapore slovakia slovenia spain
    stanford stockholm suffolk surrey sweden switzerland sydney syria taiwan tennessee texas
    thailand tokyo toledo toronto trent trenton tunisia turin turkey tuscany uganda ukraine
    uruguay utah valencia vancouver venezuela venice verona victoria vienna vietnam virginia wales
    warsaw washington wayne wellington wessex westminster windsor york yorkshire zambia zimbabwe
    zurich
    """
)
# Behind a name these make it a street, a place, a firm or a thing.
NO_PERSON_AFTER = _set(
    """
    street st avenue ave road rd lane ln drive dr boulevard blvd way court ct place square parkway
    highway terrace plaza park lake river island islands mountain mountains mount hill hills valley
    beach bay bridge county city state town village district province region airport station
    university college school institute academy library museum hospital clinic church cathedral
    hotel inn resort restaurant bar grill cafe café theatre theater stadium arena center centre
    mall market store shop company corporation corp inc inc. ltd llc gmbh group bank foundation
    association society club team fc united press times post news journal magazine award awards
    prize cup open festival act law theorem equation algorithm method syndrome disease effect
    apartments apartment homes house tower towers gardens garden airlines airways records studios
    pictures entertainment media building hall
    """
)
# Before a name these do: "Lake Louise", "San Jose", "the Louvre".
NO_PERSON_BEFORE = _set(
    """
    the a an lake mount mt fort port new san santa saint st los las el la north south east west
    university hotel
    """
)
