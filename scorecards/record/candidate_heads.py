"""Column headers of candidate lists, in the languages that the systems use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# Headers without punctuation, in lower case; docs/run-a-round.md has the sources.
_WHOLE = (
    "candidate name", "full name", "candidate full name", "applicant name", "candidate", "applicant", "fullname",
    "your name", "legal name", "display name", "first and last name", "name and surname", "vollständiger name",
    "vor und nachname", "vorname und nachname", "vorname nachname", "ihr name", "bewerber", "bewerberin", "kandidat",
    "kandidatin", "nom complet", "nom et prénom", "prénom et nom", "nom prénom", "prénom nom", "candidat", "votre nom",
    "nombre completo", "nombre y apellido", "nombre y apellidos", "nombres y apellidos", "apellidos y nombre",
    "candidato", "candidata", "nome completo", "nome e cognome", "cognome e nome", "nome e sobrenome", "volledige naam",
    "voor en achternaam", "kandidaat", "imię i nazwisko", "nazwisko i imię", "kandydat", "фио", "ф и о", "полное имя",
    "имя и фамилия", "фамилия имя", "фамилия имя отчество", "кандидат", "піб", "повне ім я", "jméno a příjmení",
    "meno a priezvisko", "teljes név", "nume complet", "nume și prenume", "ad soyad", "adı soyadı", "isim soyisim",
    "fullständigt namn", "fullt navn", "fulde navn", "koko nimi", "ονοματεπώνυμο", "име и фамилия", "ime i prezime",
    "氏名", "お名前", "名前", "候補者", "候補者名", "姓名", "候选人", "候选人姓名", "应聘者", "應徵者", "성명", "지원자",
    "지원자명", "후보자", "họ và tên", "họ tên", "nama lengkap", "ชื่อ นามสกุล", "ชื่อและนามสกุล", "الاسم الكامل",
    "اسم المرشح", "שם מלא", "पूरा नाम",
)  # fmt: skip
_FIRST = (
    "first name", "firstname", "given name", "given names", "forename", "candidate first name", "applicant first name",
    "vorname", "vornamen", "prénom", "prénoms", "prenom", "nombre de pila", "primer nombre", "primeiro nome", "voornaam",
    "roepnaam", "imię", "imie", "имена", "ім я", "křestní jméno", "keresztnév", "utónév", "prenume", "adı", "förnamn",
    "fornavn", "etunimi", "krstné meno", "名", "下の名前", "名字", "أول اسم", "الاسم الأول", "שם פרטי", "nama depan",
)  # fmt: skip
_LAST = (
    "last name", "lastname", "surname", "family name", "candidate last name", "applicant last name", "nachname",
    "familienname", "zuname", "nom de famille", "apellido", "apellidos", "primer apellido", "cognome", "sobrenome",
    "apelido", "último nome", "achternaam", "familienaam", "nazwisko", "фамилия", "прізвище", "příjmení", "priezvisko",
    "vezetéknév", "nume de familie", "soyad", "soyadı", "soyisim", "efternamn", "etternavn", "efternavn", "sukunimi",
    "επώνυμο", "επίθετο", "prezime", "姓", "苗字", "名字の姓", "성", "họ", "นามสกุล", "اسم العائلة", "שם משפחה",
    "nama belakang",
)  # fmt: skip
_MIDDLE = (
    "middle name", "second name", "zweiter vorname", "deuxième prénom", "segundo nombre", "segundo apellido",
    "tussenvoegsel", "отчество", "по батькові", "tên đệm",
)  # fmt: skip
# The whole name where they are alone; beside the other part of a name they are the part that is missing.
_ALONE_OR_LAST = ("name", "nom", "naam", "nume", "namn", "navn", "név", "meno", "nama")
_ALONE_OR_FIRST = (
    "nombre", "nombres", "nome", "имя", "jméno", "ime", "ad", "isim", "nimi", "όνομα", "이름", "tên", "ชื่อ", "الاسم",
    "اسم", "שם", "नाम",
)  # fmt: skip
# With these headers the family name comes first.
_FAMILY_FIRST = frozenset(("姓", "苗字", "성", "vezetéknév", "họ"))
# Two of these make the first line a header, though none of them says where the name is.
_OTHER = frozenset(
    (
        "id", "candidate id", "application id", "applicant id", "email", "e mail", "email address", "mail", "phone",
        "phone number", "mobile", "stage", "current stage", "status", "source", "origin", "job", "job title", "title",
        "position", "headline", "company", "current company", "location", "city", "country", "address", "tags",
        "created at", "date added", "applied at", "applied on", "application date", "date applied", "resume", "cv",
        "linkedin", "rating", "recruiter", "coordinator", "owner", "notes", "comment", "comments", "score", "gender",
        "race", "ethnicity", "age", "birthday", "date of birth", "nationality", "disability status", "veteran status",
        "timestamp", "date", "role", "department", "username", "e mail adresse", "telefon", "telefonnummer", "stelle",
        "geburtsdatum", "straße", "ort", "land", "zeitstempel", "quelle", "téléphone", "courriel", "adresse", "poste",
        "horodateur", "date de naissance", "ville", "pays", "teléfono", "correo", "correo electrónico", "puesto",
        "marca temporal", "fecha", "fecha de nacimiento", "ciudad", "telefono", "posizione", "data di nascita", "città",
        "telefone", "cargo", "cidade", "carimbo de data hora", "telefoon", "functie", "woonplaats", "stanowisko",
        "miasto", "телефон", "почта", "эл почта", "электронная почта", "должность", "город", "дата рождения",
        "отметка времени", "メール", "メールアドレス", "電話", "電話番号", "職種", "タイムスタンプ",
        "邮箱", "电子邮件", "电话",
        "手机", "职位", "应聘职位", "이메일", "전화", "전화번호", "연락처", "직무",
    )
)  # fmt: skip
_ASKED = re.compile(
    r"\b(?:full name|your name|legal name|vollständiger name|ihr name|nom complet|votre nom|nombre completo|tu nombre"
    r"|su nombre|nome completo|seu nome|volledige naam|uw naam|imię i nazwisko|имя и фамилия|ваше имя)\b"
)


def plain(head: str) -> str:
    """A head in small letters without signs: 'Candidate: Full-Name' is 'candidate full name'."""
    return " ".join(
        re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", head).replace("İ", "i").casefold()).split()
    )


def is_head(cells: Sequence[str]) -> bool:
    """Whether the cells say what is below them."""
    told = [plain(cell) for cell in cells]
    if name_columns(cells):
        return True
    return sum(cell in _OTHER for cell in told) >= 2


def known_words(text: str) -> int:
    """How many of the known heads a text holds that are not plain ASCII: it was read as what it is."""
    cells = {plain(cell) for cell in re.split(r"[,;\t|\r\n]", text[:2000])}
    return sum(not cell.isascii() for cell in cells & _EVERY)


def name_columns(heads: Sequence[str], below: Sequence[Sequence[str]] = ()) -> tuple[int, ...]:
    """Places of what makes the name, in its order: first and last name, else the whole one. `below`: what they head."""
    told = [_dotless(plain(head)) for head in heads]
    first, last, whole = _place(told, _FIRST), _place(told, _LAST), _place(told, _WHOLE)
    if whole is None:
        whole = next((n for n, head in enumerate(told) if _ASKED.search(head)), None)
    if whole is None and (first is None) != (last is None):
        first, last, whole = _other_half(told, below, first, last)
    if first is not None and last is not None:
        return _in_order(told, first, last)
    if whole is None:
        whole = _place(told, (*_ALONE_OR_LAST, *_ALONE_OR_FIRST))
    if whole is not None:
        return (whole,)
    return tuple(one for one in (first, last) if one is not None)


def _place(told: Sequence[str], words: Sequence[str]) -> int | None:
    """Where the first of these words stands that is a head."""
    return next((told.index(word) for word in map(_dotless, words) if word in told), None)


def _other_half(
    told: Sequence[str], below: Sequence[Sequence[str]], first: int | None, last: int | None
) -> tuple[int | None, int | None, int | None]:
    """First, last and whole name where one half has a head: "Name" beside it is the other half, or holds it too."""
    if first is not None:
        last = _place(told, _ALONE_OR_LAST)
        holds = last is not None and _holds(below, last, first)
        return (None, None, last) if holds else (first, last, None)
    first = _place(told, _ALONE_OR_FIRST)
    holds = first is not None and last is not None and _holds(below, first, last)
    return (None, None, first) if holds else (first, last, None)


def _in_order(told: Sequence[str], first: int, last: int) -> tuple[int, ...]:
    """Both halves, and what stands between or behind them, in the order in which the name is said."""
    ends = (last, first) if told[last] in _FAMILY_FIRST else (first, last)
    middle = _place(told, _MIDDLE)
    if middle is None:
        return ends
    return (*ends, middle) if told[middle] == "segundo apellido" else (ends[0], middle, ends[1])


def _dotless(word: str) -> str:
    """Turkish capitals tell i and ı apart, and small letters made of them do not: 'ADI' is 'adı'."""
    return word.replace("ı", "i")


def _holds(below: Sequence[Sequence[str]], whole: int, part: int) -> bool:
    """Whether most names in one column hold those of the other: then it is the whole name."""
    filled = [line for line in below[:50] if len(line) > max(whole, part) and line[part]]
    holding = [line for line in filled if line[part].casefold() in line[whole].casefold().split()]
    return bool(filled) and len(holding) * 2 > len(filled)


_EVERY = frozenset((*_WHOLE, *_FIRST, *_LAST, *_MIDDLE, *_ALONE_OR_LAST, *_ALONE_OR_FIRST, *_OTHER))
