"""Postal addresses, and what only looks like one."""

import pytest

from ftdata_tests.cleaning.pii.cases import expect


@pytest.mark.parametrize(
    "marked",
    [
        "It is at ‹612 Van Horn Avenue›.",
        "‹100 North Christopher Columbus Boulevard›, ‹1250 1st Avenue South›, ‹3117 16th St›",
        "go to ‹231 hazelwood avenue› or ‹917 West Mission Hill drive›",
        "‹612 Redwood Highway Suite 100›, ‹1210 Dale Avenue #4›, ‹4112 Eggert Drive # 12›",
        "‹914 Lakeside Drive›, ‹Suite 231›, Boulder, CO ‹80301›, USA",
        "- **Address 2:** ‹Suite 251›\n- **City:** Tucson\n- **Zip Code:** ‹85701›",
        "my zip code is ‹80301›, their postcode ‹SW1A 1AA›",
        "at ‹5912 Hollywood Boulevard, Hollywood, CA 90028, USA› today",
        "at ‹812 New Hampshire Avenue Northwest, Washington, District of Columbia 20037, "
        "United States›.",
        "‹12 rue de la Paix, 75002 Paris›; ‹812 East El Camino Alto›",
        "‹Hauptstr. 5, 10115 Berlin›, ‹Lange Feldstraße 12a›",
        "in der ‹Hauptstraße 5›, ‹Laukkutie 82 Apt. 031›, ‹brusselsesteenweg 193›",
        "‹Calle Mayor 3›, ‹Via Roma 82›, ‹Rua Soldado Manuel 1412›",
        "‹P.O. Box 101›, ‹PSC 0413, Box 8144 APO AA 42323›, ‹Unit 4719 Box 7394\nDPO AP 70942›",
        "on the ‹USS Franklin\nFPO AE 09034›",
        "to ‹12 Oak St.› and home",
        "‹Hauptstraße 5, 10115 Berlin› ist vermerkt.",
        "‹Hauptstr. 5, 60311 Frankfurt am Main›, ‹Kirchweg 1, 15230 Frankfurt an der Oder› bei uns",
        "‹Kirchweg 1, 61348 Bad Homburg›. ‹Deichdamm 3, 16798 Fürstenberg/Havel› liegt dort",
        "‹Kirchweg 1, 10115 Berlin› Herr Müller, ‹Kirchweg 1, 10115 Berlin› am Montag",
        "‹10 Downing Street, London SW1A 2AA›.",
        "‹221B Baker Street, London, NW1 6XE› is mine; ‹12 High Street, NW1 6XE, UK›",
        "‹12 High Street\nStoke on Trent\nStaffordshire\nST4 2AB›\nThanks",
        "‹12 High Street›, London. Order SW1A 2AA",
    ],
)
def test_addresses(marked):
    expect("ADDRESS", marked)


@pytest.mark.parametrize(
    "text",
    [
        "a 25 minutes drive, 3 way, 2 drive, 10 miles down the road",
        "In 2008 Wall Street fell; 2 Main points; 5 star hotels on the avenue",
        "version 3.11 of Park, 1. Wall Street, $5 Main Street, 10:30 Sunset Boulevard",
        "During 2021, Spring 2019, The Conjuring 2, chapter 5, Type 1 Diabetes. A way",
        "for way in range(10): drive = 12 * lane",
        "[ADDRESS], Denver, [ADDRESS], zip code [ADDRESS]",
        "the suite of tests, apt install python3, post 12345678",
    ],
)
def test_no_addresses(text):
    expect("ADDRESS", text)
