"""Words of each domain in German, Spanish, French, Italian, Portuguese and Catalan, folded; and
pieces of words in Japanese, Korean and Chinese, which are looked for within texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ftdata.tagging.values import Domain

ABROAD: Mapping[Domain, str] = MappingProxyType(
    {
        "account": """
            passwort kennwort benutzername benutzerkonto anmelden einloggen kundenkonto contraseña
            usuario iniciar_sesión connexion identifiant mot_de_passe utente accedere senha
            contrasenya
        """,
        "billing": """
            rechnung rückerstattung erstattung abonnement abo mahnung factura reembolso suscripción
            facture remboursement fattura rimborso abbonamento fatura assinatura pagamento
        """,
        "education": """
            schule schüler student studentin lehrer lehrerin universität prüfung unterricht
            hausaufgaben escuela maestro profesor universidad examen alumno estudiante educación
            école élève étudiant professeur université scuola insegnante università esame studente
            escola professor universidade aluno educação estudiar idiomas idiomes aprender aprendre
        """,
        "entertainment": """
            film kino schauspieler lied sänger musik konzert roman buch bücher película cine actor
            actriz canción cantante música concierto libro novela livre acteur chanson chanteur
            musique concert cinéma roman attore canzone cantante musica libro cinema romanzo livro
            filme cantor pel·lícula cançó llibre witz chiste blague barzelletta broma
        """,
        "everyday": """
            wetter wettervorhersage wecker erinnerung uhrzeit clima lluvia llueve nieva alarma
            recordatorio météo réveil rappel minuteur meteo piove sveglia promemoria tempo_faz
            chuva lembrete plou
        """,
        "finance": """
            bank konto kredit kreditkarte darlehen zinsen aktie aktien börse geld steuer steuern
            banco cuenta crédito tarjeta préstamo interés acción_bolsa bolsa dinero impuesto
            impuestos inversión banque crédit carte_bancaire prêt bourse argent impôt impôts banca
            soldi denaro mutuo prestito borsa azioni tasse dinheiro empréstimo imposto ações
            diners banc diner_es riqueza millonarios
        """,
        "food": """
            rezept kochen essen restaurant frühstück abendessen mittagessen zutaten zutat kuchen
            brot käse wein bier kaffee receta cocinar cocina comer comida restaurante desayuno cena
            queso vino cerveza recette cuisiner manger repas déjeuner dîner pain fromage gâteau vin
            bière ricetta cucinare mangiare ristorante colazione pranzo pane formaggio birra
            receita cozinhar almoço jantar pão queijo vinho cerveja menjar recepta pastel
        """,
        "health": """
            arzt ärztin krankheit symptom medikament impfung krankenhaus schmerzen fieber husten
            gesundheit médico enfermedad síntoma medicina vacuna dolor fiebre salud cáncer
            médecin maladie symptôme médicament vaccin hôpital douleur fièvre santé malade medico
            malattia sintomo farmaco vaccino ospedale dolore febbre salute doença remédio saúde
            dor febre malaltia càncer metge vacunes salut vacunas
        """,
        "home": """
            wohnung schlafzimmer badezimmer möbel heizung mieter vermieter garten staubsauger
            apartamento dormitorio muebles calefacción alquiler jardín appartement chambre meubles
            chauffage locataire jardin appartamento camera_da_letto mobili riscaldamento affitto
            giardino aluguel quarto móveis jardim
        """,
        "legal": """
            anwalt gericht gesetz gesetze klage vertrag urteil strafbar legal illegal abogado ley
            tribunal demanda delito juez avocat loi procès juge délit avvocato legge processo reato
            giudice advogado lei crime juiz llei il·legal il·legals ilegal ilegales policía delictes
        """,
        "science": """
            physik chemie biologie molekül atom planet galaxie evolution mathematik gleichung
            física química biología átomo planeta galaxia evolución matemáticas ecuación luna
            physique chimie biologie molécule planète évolution mathématiques lune fisica chimica
            biologia pianeta evoluzione matematica astronomia especies tierra ciencia científicos
            ciència científics satélite terremotos universo universum wissenschaft scienza
        """,
        "shipping": """
            lieferung paket sendung versand sendungsnummer envío paquete entrega livraison colis
            expédition spedizione pacco consegna encomenda remessa
        """,
        "shopping": """
            bestellung kaufen rabatt gutschein umtausch comprar descuento tienda pedido devolución
            acheter magasin remise commande boutique comprare negozio sconto ordine loja desconto
        """,
        "society": """
            regierung präsident politik wahl demokratie könig religion kirche gott geschichte krieg
            gobierno presidente política elección democracia rey religión iglesia dios historia
            guerra gouvernement président politique élection démocratie roi église dieu histoire
            guerre governo politica elezioni democrazia re religione chiesa dio storia rei igreja
            deus capitalismo socialismo comunismo feminismo cultura biblia país países americanos
            estats_units estados_unidos política rei guerres
        """,
        "software": """
            programmieren programmierung programm quellcode datenbank rechner künstliche
            programación programa código software inteligencia_artificial programmation logiciel
            base_de_données programmazione codice intelligenza_artificiale programação robot
            computadora ordenador
        """,
        "sports": """
            fußball mannschaft weltmeisterschaft bundesliga torwart fútbol equipo baloncesto
            campeonato football équipe championnat calcio squadra campionato futebol time_de
            baseball béisbol tenis
        """,
        "technical": """
            drucker bildschirm handy tastatur akku laptop impresora pantalla teléfono teclado
            batería imprimante écran téléphone clavier batterie stampante schermo telefono tastiera
            impressora tela celular bateria
        """,
        "transport": """
            auto reifen werkstatt benzin stau taxi führerschein coche neumático gasolina taller
            voiture pneu essence garage gomme_auto benzina traffico macchina carro pneus gasolina
            trânsito
        """,
        "travel": """
            flug flughafen hotel reise urlaub koffer reisepass visum vuelo aeropuerto viaje
            vacaciones maleta pasaporte vol aéroport voyage vacances valise passeport volo
            aeroporto viaggio vacanza valigia passaporto voo viagem férias mala viajar
        """,
        "work": """
            gehalt lebenslauf bewerbung arbeitgeber kollege kollegin urlaubstage besprechung chef
            salario currículum entrevista empleador empleo compañero_de_trabajo reunión trabajo
            salaire candidature employeur collègue réunion emploi stipendio datore_di_lavoro
            colloquio riunione lavoro salário emprego reunião trabalho
        """,
    }
)
PIECES: Mapping[Domain, str] = MappingProxyType(
    {
        "account": "パスワード ログイン 비밀번호 로그인 密码 登录",
        "billing": "請求書 返金 청구서 환불 发票 退款",
        "education": "学校 先生 大学 학교 선생 대학교 学生 老师",
        "entertainment": """
            映画 音楽 小説 俳優 歌手 漫画 冗談 영화 음악 소설 배우 가수 농담 电影 音乐 小说
            演员 笑话 书
        """,
        "everyday": "天気 目覚まし 날씨 알람 天气 闹钟",
        "finance": "お金 銀行 株式 投資 돈 은행 주식 투자 钱 银行 股票 投资 货币 通貨 株",
        "food": "料理 食べ レストラン 飲み 요리 먹 음식 레스토랑 吃 菜 餐厅 喝",
        "health": "病気 医者 病院 薬 健康 병원 의사 질병 건강 医生 医院 疾病",
        "home": "アパート 家具 아파트 가구 公寓 家具",
        "legal": "法律 弁護士 裁判 법률 변호사 律师 法院",
        "science": """
            物理 化学 生物 惑星 宇宙 数学 科学 進化 물리 화학 생물 행성 우주 수학 과학 行星
            进化 熱力学 热力学 波長 分子
        """,
        "shipping": "配送 荷物 배송 택배 快递 包裹",
        "shopping": "買い物 割引 쇼핑 할인 购物 折扣",
        "society": """
            政府 政治 大統領 宗教 歴史 戦争 哲学 정부 정치 대통령 종교 역사 전쟁 철학 总统
            历史 战争 共产主义 社会主义
        """,
        "software": """
            プログラ 人工知能 コンピュータ ソフトウェア ロボット 프로그램 인공지능 컴퓨터
            로봇 机器人 计算机 人工智能 软件 编程 代码
        """,
        "sports": """
            サッカー 野球 スポーツ 축구 야구 농구 스포츠 足球 篮球 体育 棒球 クリケット
            ホッケー
        """,
        "technical": "プリンタ スマホ 프린터 휴대폰 打印机 手机",
        "transport": "自動車 タクシー 자동차 택시 汽车 出租车",
        "travel": "旅行 飛行機 ホテル 空港 여행 비행기 호텔 공항 飞机 酒店 机场",
        "work": "給料 会議 面接 월급 회의 면접 工资 会议 面试",
    }
)
