"""Words that are no names: how a heading or a sentence that begins with one is told from a name.

Nouns in the singular and adjectives of shops, offices, households, travel, law and computing.
"""

from __future__ import annotations

from ftdata.generation.word_sets import word_set

_WORDS = word_set(
    """
    absence abuse academic acceptable accident accommodation activity address adult advance
    advice age agency agreement air airport alarm allergy alternative amount animal annual
    answer apartment appeal appliance applicant appointment approval area arrival art article
    asset assignment attempt attendance audience audit author authority automatic available
    avalanche average award baby back bag baggage balance bank bar base basic basket bath bathroom
    battery bed bedroom beginner behaviour benefit bicycle bike bill birthday blanket board
    boat body bonus book booking boot bottle bottom bowl box brake brand break breakfast brief
    broken brush budget bug building bulk burner bus business buyer cable calendar call camera
    camp campaign campsite candidate capacity car card care career cargo carrier cart cash
    category cause ceiling central chain chair challenge change channel charge charity cheap
    check checkout cheque child choice claim class cleaner clear client climate clock clothes
    clothing club coach coat code coffee cold colleague collection college colour column
    combined comfort comment commercial commission committee communication community company
    comparison complaint complete compliance computer condition conduct conference conflict
    consent consumer contact content contract contractor contribution cook cookie copy core
    corporate correct cost country coupon course court cover credit criminal critical cross
    cup currency current curtain customer cut cyber daily damage damaged danger data date day
    debit debt decision deep defect degree delay delivery demand department departure deposit
    desk destination detail device diet difference digital dinner direct director disability
    disaster discount disease dish disk display dispute distance district doctor dog domestic
    donation door double download draft dress drink driver dry dual duration dust duty early
    east easy economy editor education effect effective electric electrical electronic elevator
    email emergency employee employer employment energy engine engineer entry equal equipment
    essential estate estimate evening event evidence exact exam exchange exclusive exemption
    exercise exit expense expert expired expiry export express extension extra eye fabric face
    facility fact failed failure fair fall false family fare farm fast father fault faulty fee
    feedback female field fill filter final finance financial fine finger fire first fish fit
    fixed flat fleet flexible flight floor food foot foreign forest forgotten formal former
    forward frame fraud free freezer freight frequency frequent fresh fridge friend front fuel
    full fund funding furniture future game garage garden gas gear gender gift glass glove goal
    good goods government grade grant great green grievance grocery gross ground growth guarantee
    guest guideline gym hair half hand handbook hard harassment hardware harness hazard head
    health healthy heat heater heating heavy height helmet help helpdesk hidden high hire hiring
    history hiking hob holiday home hospital hot hotel hour house household housing human
    hygiene ice idea identity illness impact import important improvement inbound incident
    income incoming incorrect individual industrial industry informal initial injury inner input
    inside insurance intellectual interest internal international internet interview inventory
    investment invoice invoicing item jacket job joint journey junior key kid kind kitchen
    knowledge label lack ladder land lamp landlord language laptop large last late launch
    laundry law lawyer lead leak learner learning lease leather leave legal lesson letter level
    lid life lift light limited line liquid live living loan local lock locker login logo long
    loss lost lot loud lounge low loyalty luggage lunch machine mail main maintenance major male
    malicious manual manufacturer map margin market marketing mass mat material maternity matter
    maximum meal measurement medical medication medicine medium meeting member membership memory
    mental menu merchant metal middle mileage minimum minor minute mirror missing mistake mobile
    moisture money monitor monthly morning mother motor mountain multiple museum music mutual
    national natural nature necessary negative neighbour network night noise nominal normal north
    note notice notification number nurse object occasional offer office officer official oil old
    online open opening operating operation opinion optional oral ordinary organic original
    outage outdoor outer outgoing output outside outstanding oven overall overdue overnight
    overtime owner ownership package packaging packing paid pain paint pair pan paper parcel
    parent parental parking part partial participant partner partnership party passenger passport
    past patch paternity path patient pause pay payment payroll peak penalty pending pension people
    performance period permanent permit person personal personnel pet petty phone photo physical
    picture piece pilot pipe place placement plain plan plane plant plastic plate platform play
    player pocket point pool poor popular port positive possession post postal potential power
    practical practice pregnancy premium prescription present pressure preventive previous price
    pricing primary print printer prior priority private prize probation problem product
    production profession professional profile profit programme progress prohibited project
    promotion proof property proposal protection protective provider public pump punctuality
    purchase purchasing purpose quality quantity quarterly query quick quiet quote rail rain
    random range rapid rate raw reason receipt recent reception recipe recommended record recruit
    recruitment recurring recycling reduced reference referral refund refunds regional regular
    reimbursement relation relative reliable relief religious remaining remedy remote rent rental
    repair repeat replacement reporting reputation request required requirement rescue research
    reservation reserved residence resident residential resignation responsible rest restaurant
    restricted result retail retirement return returned returns reusable revenue reverse review
    reward right risk river road rock roof room root rope rotation rough round routine rubber
    rubbish rucksack sad safe safety salary sale salt same sand satellite savings scale scam
    scene school science scope score screen screw sea seal search season seasonal seat secondary
    secret secure selection self semester senior sensitive separate serial serious service
    severe sewing sexual shade shared sharing sharp sheet shelf shelter shift shipment shipping
    shock shoe shop shopping short shower shutdown sick side sign signal silent similar simple
    single sink site size skill skin sleep sleeping slow small smart smoke smoking snack snow
    social society soft soil solar sole sound source south space spam spare speaker special
    specialist specific speed spend spending sport staff stage stair stamp standard standby start
    starter state statement station statutory steam step stock stolen stop storage store stove
    strap stream street stress strong student study style subscriber subscription subsidy summary
    summer sun supplier supply surface surgery survey suspended suspicious symptom table tablet
    talent tap tax taxi teacher team technical technician technique telephone temperature
    temporary tenancy tenant tent terminal termination text theft thermal thick thin third threat
    ticket tier time timesheet tip tire title toilet token tool tooth top total tour touring
    tourist town toy trade trademark traffic trail trailer train trainee trainer training transfer
    transport transportation travel traveller treatment tree trial trip truck trust tutor twin
    typical tyre umbrella uniform unique unit university unused upcoming upper urgent usage
    used vacation valid value valve van variable vehicle vendor venue verbal video village visa
    visitor visual voice volunteer voucher wage waiter walk wall wallet warehouse warm warranty
    washing waste watch water waterproof weak weather web website week weekend weekly weight
    welcome welfare west wet wheel white whistleblowing whoever wide wild wind window wine winter
    wireless wood word work worker workplace workshop worn worth written wrong yard year yearly
    yellow young youth zip zone
    """
)
_NAMES = frozenset({"windows", "pages", "teams"})
_ENDINGS = (
    "ing", "tion", "sion", "ment", "ness", "ility", "ivity", "ance", "ence", "ship", "ology",
    "ency", "ancy",
)  # fmt: skip


def is_everyday(word: str) -> bool:
    """Whether a word, in small letters, is known to be no name; its plural is as well."""
    if word in _WORDS or (len(word) > 6 and word.endswith(_ENDINGS)):
        return True
    if not word.endswith("s") or word in _NAMES:
        return False
    if word.endswith("ies") and f"{word[:-3]}y" in _WORDS:
        return True
    return word[:-1] in _WORDS or word[:-2] in _WORDS or word[:-1].endswith(_ENDINGS)
