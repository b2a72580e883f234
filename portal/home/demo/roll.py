"""The demo's roll: sixty-two invented people, the teams they are in, and when each came.

First names are told apart: the rest of the demo knows people by them.
"""

from portal.agencies.models import Role

Someone = tuple[str, tuple[Role, ...], int]

FACILITATOR, PEER = (Role.FACILITATOR,), (Role.PEER_PARTNER,)
SUPERVISOR, COACH, ADMIN = (Role.SUPERVISOR,), (Role.COACH,), (Role.ADMIN,)

# name, roles, weeks in post. The first of each role is the one whose sign-in is shown.
CEDAR: list[Someone] = [
    ("Amina Warsame", FACILITATOR, 96),
    ("Teo Marchetti", PEER, 92),
    ("Ruth Adeyemi", SUPERVISOR, 130),
    ("Linh Tran", COACH, 104),
    ("Marisol Vega", ADMIN, 150),
    ("Jonas Whitfield", FACILITATOR, 110),
    ("Priya Raman", FACILITATOR, 90),
    ("Dana Kowalczyk", FACILITATOR, 98),
    ("Elijah Brooks", FACILITATOR, 15),
    ("Noor Haddad", FACILITATOR, 5),
    ("Grace Oyelaran", PEER, 33),
    ("Samuel Ortiz", (Role.SUPERVISOR, Role.COACH), 101),
    # Those who were there before the growth.
    ("Maeve Callahan", FACILITATOR, 96),
    ("Andre Baptiste", FACILITATOR, 88),
    ("Sofia Lindqvist", FACILITATOR, 92),
    ("Kwame Boateng", FACILITATOR, 100),
    ("Rosa Delgado", PEER, 87),
    ("Beatrice Holm", SUPERVISOR, 120),
    ("Nadia Karim", FACILITATOR, 105),
    ("Luis Herrera", FACILITATOR, 98),
    ("Tess Bergstrom", FACILITATOR, 90),
    ("Ibrahim Sesay", FACILITATOR, 94),
    ("Joan Pike", FACILITATOR, 89),
    ("Gabriel Costa", FACILITATOR, 100),
    ("Mina Park", PEER, 91),
    # Those who came with it: two teams, each with a supervisor, and a coach for both.
    ("Helen Ashford", SUPERVISOR, 37),
    ("Marcus Bell", SUPERVISOR, 37),
    ("Ingrid Sorensen", COACH, 36),
    ("Farid Rahimi", FACILITATOR, 36),
    ("Keisha Monroe", FACILITATOR, 36),
    ("Tomas Novak", FACILITATOR, 36),
    ("Bridget Doyle", FACILITATOR, 35),
    ("Wei Zhang", FACILITATOR, 35),
    ("Olivia Santos", FACILITATOR, 34),
    ("Hassan Yusuf", FACILITATOR, 29),
    ("Pearl Jackson", PEER, 35),
    ("Ana Ribeiro", FACILITATOR, 36),
    ("Declan Murphy", FACILITATOR, 36),
    ("Thandiwe Nkosi", FACILITATOR, 35),
    ("Yuki Tanaka", FACILITATOR, 35),
    ("Leah Goldman", FACILITATOR, 34),
    ("Victor Petrov", FACILITATOR, 30),
    ("Camille Laurent", FACILITATOR, 26),
    ("Darnell Price", PEER, 34),
    ("Charlotte Webb", ADMIN, 60),
]

NEXT_DOOR: list[Someone] = [
    ("Ines Duarte", ADMIN, 140),
    ("Owen Park", SUPERVISOR, 120),
    ("Paula Schmidt", SUPERVISOR, 70),
    ("Simone Fournier", COACH, 85),
    ("Arturo Medina", FACILITATOR, 95),
    ("Hannah Feldman", FACILITATOR, 88),
    ("Isaac Mensah", FACILITATOR, 80),
    ("Katarina Jovic", FACILITATOR, 72),
    ("Malik Robinson", FACILITATOR, 64),
    ("Nina Castellano", FACILITATOR, 55),
    ("Oscar Lindgren", FACILITATOR, 48),
    ("Quinn Harper", FACILITATOR, 40),
    ("Shreya Patel", FACILITATOR, 30),
    ("Tyrell Simmons", FACILITATOR, 20),
    ("Esperanza Luna", PEER, 76),
    ("Frank Kowalski", PEER, 50),
    ("Zainab Omar", PEER, 22),
]

PEOPLE = CEDAR + NEXT_DOOR
LAKESHORE = frozenset(name.split()[0] for name, _roles, _weeks in NEXT_DOOR)

TEAMS = {
    "Ruth": ("Amina", "Jonas", "Priya", "Teo", "Maeve", "Andre"),
    "Samuel": ("Dana", "Elijah", "Noor", "Grace", "Sofia", "Kwame", "Rosa"),
    "Beatrice": ("Nadia", "Luis", "Tess", "Ibrahim", "Joan", "Gabriel", "Mina"),
    "Helen": ("Farid", "Keisha", "Tomas", "Bridget", "Wei", "Olivia", "Hassan", "Pearl"),
    "Marcus": ("Ana", "Declan", "Thandiwe", "Yuki", "Leah", "Victor", "Camille", "Darnell"),
    "Owen": ("Arturo", "Hannah", "Isaac", "Katarina", "Malik", "Esperanza", "Frank"),
    "Paula": ("Nina", "Oscar", "Quinn", "Shreya", "Tyrell", "Zainab"),
}
GROWTH = ("Helen", "Marcus")  # whose teams the programme grew by
FOUNDED = ("Ruth", "Samuel", "Beatrice")
