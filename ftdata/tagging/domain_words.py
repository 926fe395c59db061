"""English words of each domain, folded; plurals are made of them.

The first list of a domain tells it alone; two words of the second do. `_` joins the words of a
phrase. A word stands under one domain.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ftdata.tagging.values import Domain

STRONG: Mapping[Domain, str] = MappingProxyType(
    {
        "account": """
            password passcode username login log_in sign_in signed_in logged_in locked_out sign_up
            two_factor my_profile my_account user_account account_settings unsubscribe
            delete_my_account change_my_email pin_number my_pin
        """,
        "billing": """
            invoice refund refunded overcharged billing subscription my_bill bill charged_twice
            receipt payment_method direct_debit renewal proration reimbursement late_fee
            minimum_payment
        """,
        "education": """
            school student teacher homework classroom university college curriculum syllabus exam
            scholarship kindergarten tutor thesis dissertation pupil professor tuition phd
            undergraduate lesson_plan gpa education
        """,
        "entertainment": """
            movie film cinema theater theatre actor actress director song album singer music
            playlist concert band guitar piano novel fiction anime manga videogame video_game
            netflix hollywood celebrity sitcom comedy trailer showtime imax rapper lyrics melody
            rock_band tv_show tv_series soundtrack comic theatrical literature spotify sing
            fairytale showing_near poem haiku sonnet screenplay broadway event_tickets
            hip_hop podcast artist genre nightclub dungeon rpg board_game
        """,
        "everyday": """
            coin dice multi_sided to_my_list on_my_list off_my_list time_is_it
            text_message phone_call
            weather forecast alarm timer reminder remind to_do_list todo calendar what_time
            what_day what_date flip_a_coin roll_a_dice roll_a_die roll_the_dice humidity
            coin_toss my_list raining rain_today snowing remind_me set_a_reminder
        """,
        "finance": """
            insurance checkbook my_transactions have_i_spent did_i_spend i_spent
            cash_back payroll_tax
            bank banking loan mortgage credit_card debit_card credit_score interest_rate savings
            checking routing_number stock stock_market stock_exchange investment invest investor
            currency exchange_rate cryptocurrency bitcoin 401k ira pension dividend portfolio
            bond broker apr wire_transfer checking_account savings_account bank_account
            overdraft credit_limit money inflation hedge_fund bankruptcy transfer_funds
            rewards_points credit_history atm tax_return taxes tax w2 w_2 my_card card_declined
            new_card rewards_card visa_card mastercard amex fraudulent fraud fiscal
            accounting revenue ebitda deficit depreciation debt usd euros
        """,
        "food": """
            reviews_for_restaurants cafe substitute_for starbucks mcdonalds eatery
            dine dining takeout
            recipe cook cooking restaurant meal dinner lunch breakfast brunch calorie ingredient
            cuisine bake baking chef dish dessert sauce soup pizza burger sushi pasta salad cheese
            bread cake chocolate coffee tea wine beer cocktail vegetarian vegan eat eaten edible
            snack flavor flavour oven chicken beef pork egg rice potato vegetable fruit spice
            nutrition nutritional delicious steak taco sandwich appetizer reservation_for
            spaghetti onion garlic butter flour lasagna food drink microwave table_for
        """,
        "health": """
            doctor symptom disease illness medicine medication vaccine vaccination hospital therapy
            therapist dentist surgery surgeon cancer diabetes blood_pressure pregnant pregnancy
            anxiety depression headache fever cough pain allergy allergic antibiotic diagnosis
            patient clinic nurse physician health mental_health weight_loss lose_weight virus
            infection immune obesity dermatologist ophthalmologist psychiatrist gynecologist
            exercise workout yoga vitamin healthy medical autism insomnia injury diet nutritionist
            shots_do_i_need sauna
        """,
        "home": """
            furnace garage_door thermostat_to my_lights
            apartment bedroom bathroom furniture plumbing plumber hvac thermostat vacuum laundry
            gardening garden lawn roof landlord tenant real_estate renovation household smart_home
            housekeeping living_room realtor home_improvement house_for_rent mattress dishwasher
            heater heating_system air_conditioning air_conditioner maintenance cleaning_service
            facility facilities turn_on_the_light turn_off_the_light light_bulb lights janitorial
            carpet sofa couch curtain lamp bookshelf patio homeowner house_cleaning
        """,
        "legal": """
            lawyer attorney lawsuit court illegal legally statute legislation copyright patent
            trademark plaintiff defendant criminal felony misdemeanor prosecution sue judge legal
            law contract_law gdpr constitutional custody divorce_papers litigation jury liable
            liability crime arrested jurisdiction regulation compliance terms_of_service
        """,
        "science": """
            physics chemistry biology molecule atom planet galaxy astronomy telescope gravity
            quantum electron photon evolution dna gene genetic protein species mammal reptile
            dinosaur ecosystem climate_change global_warming chemical thermodynamics equation
            theorem geometry algebra calculus probability mathematics maths math integer
            polynomial physicist scientist neuron solar_system universe speed_of_light element
            periodic_table volcano earthquake geology ocean bacteria scientific science asteroid
            moon nasa lizard chimpanzee mathematician arithmetic integral derivative matrix
            polygon triangle perimeter electromagnetic magnetic psychology
        """,
        "shipping": """
            shipment shipping courier parcel delivered delivery tracking_number track_my_package
            my_package my_order ups fedex usps dhl in_transit shipped warehouse
            order_status where_is_my_order
        """,
        "shopping": """
            purchase coupon discount promo_code checkout shopping shopping_list store_hours
            return_policy exchange_for item_i_bought out_of_stock in_stock retailer
            wishlist gift_card clothing shoe sneaker jacket dress skateboard jewelry amazon_order
            walmart ebay etsy merchandise shop warranty return_a return_an
            refund_policy size_chart sold_out backpack
        """,
        "society": """
            president government politics political politician election democracy republican
            democrat parliament senate congress empire emperor king queen dynasty religion
            religious christian christianity muslim islam jewish bible god church buddhism
            hinduism philosophy philosopher history historical century revolution colonial
            slavery racism racist gender feminism immigrant immigration refugee population
            nationality culture stereotype war world_war civil_war military soldier treaty
            communism capitalism socialism ethnicity myth mythology folklore superstition
            prime_minister assassination genocide holocaust sociology anthropology discrimination
            civil_rights poverty economy economics welfare conspiracy
        """,
        "software": """
            python javascript typescript java php html css sql mysql postgresql mongodb
            kotlin rust golang docker kubernetes linux ubuntu github git api json xml yaml regex
            algorithm programming programmer codebase compiler debugger database backend frontend
            django flask laravel pytorch tensorflow pandas numpy numba cuda gpu webhook npm
            node_js react angular vue machine_learning deep_learning neural_network llm chatbot
            dataset source_code function_that command_line bash powershell excel spreadsheet vba
            cybersecurity encryption cryptography software web_app devops aws azure terraform
            ansible recursion pseudocode unit_test stack_overflow openai gpt chatgpt
            artificial_intelligence huggingface matplotlib selenium scraper nginx redis
            microservice repository leetcode runtime typeerror nullpointerexception traceback
            robot ai programmatically compile
        """,
        "sports": """
            football soccer basketball baseball tennis golf hockey cricket rugby olympic olympics
            nba nfl mlb nhl fifa athlete championship world_cup super_bowl coach marathon
            quarterback playoffs goalkeeper wimbledon boxing swimming wrestling skiing
            surfing cycling volleyball badminton sport chess
        """,
        "technical": """
            wifi wi_fi router printer modem laptop smartphone iphone android bluetooth keyboard
            monitor touchscreen reboot firmware headphone charger won_t_turn_on error_code
            internet_connection my_computer my_phone phone_screen blue_screen hard_drive usb
            hdmi webcam scanner reinstall troubleshoot tech_support computer
            operating_system device cell_phone ethernet
            motherboard smart_tv my_tablet my_internet
        """,
        "transport": """
            gas_tank change_my_oil oil_changed oil_life car_service maps nearest_gas
            driving_directions
            tire oil_change gas_station mpg car uber lyft taxi cab traffic highway
            directions_to mechanic brake windshield gasoline jump_start car_battery engine
            commute driver_s_license parking carpool vehicle truck motorcycle bicycle fuel
            ridesharing rideshare subway metro odometer tires how_far driving_distance
        """,
        "travel": """
            things_to_do sightsee site_seeing plug_type plug_converter flying to_visit embassy
            flight airline airport hotel luggage passport visa vacation itinerary
            tourist tourism travel traveling travelling trip cruise airbnb hostel sightseeing
            plane round_trip roundtrip one_way_ticket carry_on suitcase bus_ticket train_ticket
            bus bus_station train_station rental_car car_rental rent_a_car rental attraction
            landmark souvenir boarding_pass layover travel_alert timezone time_zone plug_adapter
            socket_converter outlet_converter backpacking
        """,
        "work": """
            vacation_request vacation_time vacation_schedule my_vacation my_income
            earn sick_leave health_benefits
            salary resume cv job_interview interview employer employee employment coworker
            colleague career promotion hiring paycheck payday payroll pto vacation_days days_off
            time_off day_off paid_time_off human_resources hr boss workplace direct_deposit
            meeting meeting_room schedule_a_meeting startup entrepreneur
            job cover_letter linkedin recruiter freelance team_lead ceo business_plan marketing
            business sales client kpi stakeholder product_manager agile scrum supply_chain
            next_holiday health_insurance my_insurance benefits_package
        """,
    }
)
WEAK: Mapping[Domain, str] = MappingProxyType(
    {
        "account": "account sign register profile verify verification email settings pin",
        "billing": "charge charged payment pay paid fee cost subscribe plan cancel due amount",
        "education": "learn learning class course grade study essay teach subject degree lesson",
        "entertainment": """
            play playing watch theaters rated tickets book author episode season game joke fun
            character scene story plot show event party dance poet
        """,
        "everyday": "today tomorrow temperature list time date hour minute wind cold note",
        "finance": "price account balance transfer card interest dollar fund credit pay market"
        " cost",
        "food": "taste hungry sugar salt serve kitchen table reservation oil water meat fresh fry",
        "health": """
            body sleep stress weight blood skin heart brain muscle stomach treatment eye sick cure
            calm relax feet tooth teeth
        """,
        "home": "house room rent clean repair floor wall door window building paint property pet",
        "legal": "rights license permit police contract agreement fine state case evidence prison",
        "science": """
            animal plant energy light earth space water theory experiment research sun star bird
            temperature speed mass force cell number numbers sum prove solve proof average
        """,
        "shipping": "package order deliver arrive track ship address box mail arrived",
        "shopping": "buy order product item store price size color return exchange cart cheap"
        " brand",
        "society": """
            country people law nation state leader society rights world citizen ancient vote party
            americans european british american women men
        """,
        "software": """
            code function script program app server web website file data class string array query
            model variable loop library framework install version test method user bug log client
            print output input object command train
        """,
        "sports": "team player game match score league ball race medal season win field run"
        " champion",
        "technical": """
            phone screen internet connect connection battery install update error crash network
            signal button power cable restart tablet camera turn slow
        """,
        "transport": "drive driver ride road miles gas oil street map distance pickup station car",
        "travel": """
            city visit book ticket tour station depart departure arrive destination abroad
            international airport beach museum luggage stay
        """,
        "work": "work company office schedule manager project hire team report email leave"
        " customer",
    }
)
# What logs call their categories, where no list above has the word.
NAMES: Mapping[str, Domain] = MappingProxyType(
    {
        "accounts": "account", "buses": "travel", "events": "entertainment", "home": "home",
        "homes": "home", "media": "entertainment", "misc": "general", "orders": "shopping",
        "returns": "shopping", "rentalcars": "travel", "retail": "shopping",
    }
)  # fmt: skip
