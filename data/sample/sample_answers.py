"""Questions and answers of the sample network."""

from __future__ import annotations

QUESTIONS: tuple[tuple[str, str, str, str], ...] = (
    (
        "I better understand how math is taught in places unlike mine.",
        "Participant",
        "Knowledge, skills and system awareness",
        "",
    ),
    ("I do more math myself than I did before I joined.", "Participant", "Knowledge, skills and system awareness", ""),
    (
        "I’ve changed something in my teaching because of this network.",
        "Participant",
        "Professional effectiveness",
        "",
    ),
    ("I feel able to lead a session for colleagues.", "Participant", "Professional effectiveness", ""),
    (
        "There are people in this network I could call with a hard question.",
        "Participant",
        "Meaningful relationships",
        "",
    ),
    ("I feel alone with the hard parts of my work.", "Participant", "Meaningful relationships", "yes"),
    (
        "My organization plans some of its work with others in the network.",
        "Organization",
        "Coordination of efforts",
        "",
    ),
    (
        "We know what other circles are doing before we start something new.",
        "Organization",
        "Coordination of efforts",
        "",
    ),
    ("Through the network, we reach teachers we couldn’t reach alone.", "Organization", "Reach and impact", ""),
    (
        "Students in our schools do richer math because of our membership.",
        "Organization",
        "Reach and impact",
        "",
    ),
    (
        "Our circle runs better because of what we’ve borrowed from others.",
        "Organization",
        "Organizational effectiveness",
        "",
    ),
    ("My school or college gives me time for this work.", "Organization", "Organizational effectiveness", ""),
)
KNOWS_OTHERS = "We know what other circles are doing before we start something new."
GIVES_TIME = "My school or college gives me time for this work."
# The mean agreement in the first and second wave, 1 to 5.
AGREED: tuple[tuple[float, float], ...] = (
    (4.0, 4.3),
    (3.7, 3.9),
    (4.1, 4.2),
    (3.2, 3.8),
    (3.5, 3.95),
    (2.9, 2.55),
    (3.1, 3.4),
    (2.7, 2.6),
    (3.8, 4.1),
    (3.6, 3.8),
    (3.5, 3.9),
    (2.9, 2.7),
)
RECOMMEND = "How likely are you to recommend this network to a colleague? (0 not at all, 10 very)"
HOW_OFTEN = "How often did you take part this year?"
HOW_OFTEN_OPTIONS = ("Most months", "A few times", "Once", "Only online messages")
TOOK_BACK = "What did you take back to your work?"
TOOK_BACK_OPTIONS = ("A problem or task", "A way of running a discussion", "A contact", "Confidence", "Nothing yet")
CHANGED = "What changed in your work because of someone you met here?"
USEFUL = "What would make this network more useful to you?"

CHANGED_ANSWERS: tuple[str, ...] = (
    "I stopped explaining after the first wrong answer. Now I ask who sees it another way, and I wait.",
    "A colleague in Minnesota reads my lesson plans on Thursdays. I read hers on Fridays.",
    "I taught a problem I couldn’t solve. My students haven’t forgotten it, and neither have I.",
    "Our department now starts meetings with ten minutes of math.",
    "I applied for the coaching job because someone here told me what it’s really like.",
    "My fifth graders write to a class a thousand miles away. They check every step before they mail it.",
    "Nothing yet. I’ve only been here six weeks.",
    "I visited another teacher’s classroom for the first time in eleven years.",
    "I know I’m not the only one who finds fractions hard to teach.",
    "We run family math night in two languages now, and twice as many people come.",
    "I shared my own work and asked what was wrong with it. That was new for me.",
    "I give one long problem a week instead of twenty short ones.",
    "A college instructor visited my classroom, and I visited hers. We were both surprised.",
    "I learned to wait out the silence. It’s harder than it looks.",
    "I use our session norms with my students.",
    "I made a friend, which I didn’t expect from PD.",
    "My principal gave us an hour a month after I showed her what another district does.",
    "I started a circle with five people. It’s the best hour of my month.",
    "I started tracking who talks in my class. I didn’t like what I saw, and it helped.",
    "Two of our schools share a unit and meet to look at what kids wrote.",
    "Someone sent me an article right when I needed it.",
    "I ask my students what they noticed before I ask what they got.",
    "I’m still teaching. I’m not sure I would be otherwise.",
    "I bring a problem to staff meetings, and no one groans anymore.",
    "Honestly, I have more ideas than I have time for.",
    "I know who to ask about newcomers now, and I do.",
    "I led a session, badly, and they asked me to do it again.",
    "Seeing a ninth-grade class changed what I tell my sixth graders they’ll need.",
    "I met two people at the summer convening, and we’ve talked every other week since.",
    "I post the math that students come up with and put their names on it.",
)
USEFUL_ANSWERS: tuple[str, ...] = (
    "Sessions at a time that works on the West Coast.",
    "A list of who knows what. I never know who to ask.",
    "Fewer messages, please. One on Mondays is plenty.",
    "Help paying for a sub so I can visit.",
    "More for elementary teachers. The problems usually start at algebra.",
    "Meeting in person one more time each year.",
    "A way to find people near me. I drive past three schools and don’t know anyone at any of them.",
    "Let members choose the problems.",
    "Something for those of us who teach adults.",
    "Tell us what you did with last year’s answers.",
    "Materials in Spanish.",
    "A smaller group within the big one.",
    "PD credit my district will accept.",
    "A letter that explains this to principals.",
    "It’s fine the way it is. Please don’t grow too fast.",
    "A call for first-year leads.",
    "Recordings that are shorter than the session.",
    "More time in threes and less in the whole group.",
    "Hearing about plans earlier, so I can help.",
    "Someone asking me to do something.",
    "An introduction. I’m shy, and big calls are hard.",
    "Help with our town’s first session.",
    "Problems sorted by how long they take.",
    "A clear way to object to a decision.",
    "A place for half-baked ideas.",
)

# Who could have given the answer, and when: a field of the member (or "new", "wave") and its value.
WHO_COULD_SAY: dict[str, tuple[str, str]] = {
    "A colleague in Minnesota reads my lesson plans on Thursdays. I read hers on Fridays.": ("region", "Georgia"),
    "My fifth graders write to a class a thousand miles away. They check every step before they mail it.": (
        "band",
        "K-5",
    ),
    "Seeing a ninth-grade class changed what I tell my sixth graders they’ll need.": ("band", "6-8"),
    "Nothing yet. I’ve only been here six weeks.": ("new", "yes"),
    "I started a circle with five people. It’s the best hour of my month.": ("region", "Vermont"),
    "I led a session, badly, and they asked me to do it again.": ("wave", "Fall 2026"),
    "I met two people at the summer convening, and we’ve talked every other week since.": ("wave", "Fall 2026"),
    "Sessions at a time that works on the West Coast.": ("region", "Oregon"),
    "Fewer messages, please. One on Mondays is plenty.": ("wave", "Fall 2025"),
    "Tell us what you did with last year’s answers.": ("wave", "Fall 2025"),
    "Help paying for a sub so I can visit.": ("wave", "Fall 2025"),
    "More for elementary teachers. The problems usually start at algebra.": ("band", "K-5"),
    "Something for those of us who teach adults.": ("band", "College"),
    "A call for first-year leads.": ("leadership", "Circle lead"),
    "Help with our town’s first session.": ("community", "Rural"),
}

ACTIONS: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "Too many messages, from too many places.",
        "We send one message on Mondays. We closed the old mailing list in January.",
        "2026-01-15",
        "yes",
        USEFUL,
    ),
    (
        "No one told us what you did with last year’s answers.",
        "We go through this page at each convening.",
        "2026-02-07",
        "yes",
        USEFUL,
    ),
    (
        "We can’t get subs, so visits fall through.",
        "A small fund pays for 20 sub days this year. Members decide who gets them.",
        "2026-09-01",
        "yes",
        USEFUL,
    ),
    (
        "The problems start at algebra.",
        "Two elementary teachers choose every third problem.",
        "2026-12-15",
        "no",
        USEFUL,
    ),
    (
        "Decisions feel made before the call starts.",
        "Agendas go out a week ahead, with open questions at the top.",
        "2026-11-01",
        "",
        "",
    ),
    ("I never know who to ask.", "", "2027-01-31", "", USEFUL),
)

REFLECTIONS: tuple[str, ...] = (
    "We say we decide together, and then the deadline decides for us.",
    "Trust came fastest when people did math side by side.",
    "I’m the one who holds on to information. I didn’t know that until today.",
    "Our principals need a plan for the year. I wouldn’t give it up.",
    "Our district is good at control, and it keeps kids safe.",
    "In our circle, we take turns leading. In our school, we don’t.",
    "Our purpose gets us through the weeks when the calendar is a mess.",
    "I’d like us to slow down.",
    "We share what went well. We don’t share what went wrong.",
    "Someone has to sign the form. That doesn’t mean one person has to decide.",
    "The best things this year weren’t in anyone’s plan.",
    "Getting things done is one way I care for people, too.",
)
