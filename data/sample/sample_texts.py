"""Texts of the sample network's staff: conversations, gatherings, agreements, and collaborations."""

from __future__ import annotations

NETWORK = "Juniper Mathematics Circles"
PURPOSE = (
    "Every math teacher belongs to a circle of colleagues who do math for the joy of it, "
    "and every student has a teacher who still loves a good problem."
)

# title, date, format, invited beyond those asked by name, key outcomes
CONVENINGS: tuple[tuple[str, str, str, str], ...] = (
    (
        "Founding weekend",
        "2023-10-21",
        "In person",
        "We chose our purpose together. Three states agreed to start a monthly circle before winter break.",
    ),
    (
        "Winter problem session",
        "2024-02-03",
        "Online",
        "We drafted our session norms. Twelve people asked for a partner in another state.",
    ),
    (
        "Summer convening 2024",
        "2024-07-16",
        "In person",
        "We spent three days on one problem, the lattice walk. Oregon and Ohio plan to start circles in the fall.",
    ),
    (
        "Fall convening 2024",
        "2024-10-19",
        "Hybrid",
        "We adopted the session norms. Rural members asked for their own group, and it met that same evening.",
    ),
    (
        "Circle leaders’ day",
        "2025-01-25",
        "Online",
        "Each leader shared a session plan. We decided every state gets a seat on the steering group.",
    ),
    (
        "Spring exchange",
        "2025-04-05",
        "Online",
        "Members met in threes across states for 40 minutes. Most stayed on after the call ended.",
    ),
    (
        "Summer convening 2025",
        "2025-07-22",
        "In person",
        "Members ran nine of the eleven sessions. We started the problem library on the last afternoon.",
    ),
    (
        "Fall convening 2025",
        "2025-10-18",
        "Hybrid",
        "We looked at the network map for the first time and talked about who wasn’t on it. Vermont offered to host.",
    ),
    (
        "Winter problem session 2026",
        "2026-02-07",
        "Online",
        "Members chose the problems. Two study groups grew out of the breakout rooms.",
    ),
    (
        "Summer convening 2026",
        "2026-07-14",
        "In person",
        "We agreed on how to decide about shared funds. Six people led a session for the first time.",
    ),
    (
        "Fall convening 2026",
        "2026-10-17",
        "Hybrid",
        "We reflected on how we lead, decide, and share. Starting in January, working groups set their own calendars.",
    ),
)
PLANNED: tuple[tuple[str, str, str], ...] = (
    ("Spring exchange 2027", "2027-03-20", "Online"),
    ("Summer convening 2027", "2027-07-13", "In person"),
)

# title, date, kind, note
ACTIVITIES: tuple[tuple[str, str, str, str], ...] = (
    (
        "Reading an old book of problems",
        "2023-12-05",
        "Study group",
        "We met five evenings. The last one ran an hour over.",
    ),
    (
        "Open classroom: fifth grade",
        "2024-03-12",
        "Classroom visit",
        "Six visitors watched a number talk without saying a word for 40 minutes.",
    ),
    (
        "Problem evening, online",
        "2024-05-09",
        "Problem session",
        "We did the handshake problem twice, in two languages.",
    ),
    ("New teachers’ coffee", "2024-09-18", "Mentoring", "Half the group came back the next month."),
    (
        "Geometry by folding",
        "2024-11-14",
        "Problem session",
        "We mailed the paper ahead of time. Two envelopes never showed up.",
    ),
    ("Study group on fractions", "2025-01-30", "Study group", "This grew out of a question at the fall convening."),
    (
        "Open classroom: ninth grade",
        "2025-02-27",
        "Classroom visit",
        "The host teacher asked us to track who spoke, so everyone kept a tally.",
    ),
    ("How we ask for help", "2025-03-20", "Webinar", "The recording has 61 views so far."),
    (
        "Problem evening, online",
        "2025-05-15",
        "Problem session",
        "We tried to color a torus. No solution yet, and no one minded.",
    ),
    ("Book circle: the question before the answer", "2025-09-25", "Study group", "We met four evenings."),
    (
        "Family math night in a box",
        "2025-11-06",
        "Webinar",
        "The whole kit fits in a shoebox. Thirty schools asked for the supply list.",
    ),
    ("Rural leaders’ call", "2025-12-04", "Mentoring", "This was the first call led entirely by members."),
    (
        "Open classroom: college algebra",
        "2026-01-29",
        "Classroom visit",
        "This was our first visit to a college classroom. High school teachers asked most of the questions.",
    ),
    ("Data from the creek", "2026-03-04", "Study group", "We used students’ water samples as a data set."),
    ("Problem evening, online", "2026-04-16", "Problem session", "Three circles planned one problem together."),
    (
        "New circles’ clinic",
        "2026-06-04",
        "Mentoring",
        "Two towns want to start circles. Each left with a partner circle.",
    ),
    (
        "Open classroom: multilingual geometry",
        "2026-09-24",
        "Classroom visit",
        "Students drew their proofs before they wrote them.",
    ),
    ("Study group on proof", "2026-11-12", "Study group", "Two people who met in July started this one."),
)

AGREEMENTS: tuple[tuple[str, str, str, str, str, str], ...] = (
    (
        "Why we are here: our purpose in one page",
        "Shared values and principles",
        "Adopted",
        "2023-10-22",
        "2025-10-18",
        "yes",
    ),
    ("How we work in a session", "Standards of engagement", "Adopted", "2024-10-19", "2026-02-07", "yes"),
    ("How the steering group is chosen", "Governance", "Adopted", "2024-01-20", "", "no"),
    ("Everyone is a mathematician here", "Shared values and principles", "Adopted", "2025-07-24", "", "yes"),
    ("Visiting each other’s classrooms", "Standards of engagement", "Adopted", "2025-02-10", "2026-07-15", "yes"),
    ("How we decide about shared funds", "Governance", "Adopted", "2026-07-16", "", "yes"),
    ("First year’s working rules", "Governance", "Retired", "2023-11-15", "2024-10-19", "no"),
    ("Sharing problems and giving credit", "Other", "Draft", "", "", "yes"),
)

# name, started, how its people knew each other, states, purpose, outcomes to date, started by, heard through, status,
# an organization that works with them
EMERGENT: tuple[tuple[str, str, str, str, str, str, str, str, str, str], ...] = (
    (
        "Two-state problem post",
        "2024-01-22",
        "convening",
        "New Mexico, Minnesota",
        "Classes mail each other one problem a month and answer with drawings.",
        "Seven classrooms took part the first spring. Both schools hung the letters in the hallway.",
        "ESO with members",
        "Convening",
        "Completed",
        "",
    ),
    (
        "Number talks in Diné and Spanish",
        "2024-09-10",
        "talk",
        "New Mexico",
        "Write up number talks in the languages children speak at home.",
        "We recorded fourteen talks with families. Two schools used them in summer school.",
        "Members",
        "Weaving call",
        "Active",
        "Painted Wash Library",
    ),
    (
        "Rural circle on the phone",
        "2024-11-04",
        "convening",
        "Minnesota, New Mexico, Oregon",
        "A phone circle every other Monday for teachers who are the only math teacher in their building.",
        "Nine people call in regularly. Two of them now teach the same unit the same week.",
        "Members",
        "Convening",
        "Active",
        "",
    ),
    (
        "Origami for proof",
        "2025-03-03",
        "tie",
        "Georgia",
        "Find out how ninth graders talk about proof when they fold paper before they write.",
        "Three classrooms tried eight lessons. The group presented a short paper at the summer convening.",
        "Members",
        "Survey",
        "Completed",
        "Redclay State College",
    ),
    (
        "Circle starter kit",
        "2025-04-28",
        "convening",
        "Oregon, Ohio, Georgia",
        "What you need to start a circle: a first problem, a letter to the principal, and a list of what goes wrong.",
        "Four new circles used it. The list of what goes wrong is the most popular page.",
        "ESO with members",
        "Convening",
        "Completed",
        "",
    ),
    (
        "Coaches who teach",
        "2025-05-19",
        "talk",
        "Minnesota, Georgia",
        "Two coaches each teach one class a week again and compare notes.",
        "After a year of shared notes, both districts let coaches keep a class.",
        "Members",
        "Weaving call",
        "Completed",
        "",
    ),
    (
        "Family math nights, shared",
        "2025-09-15",
        "convening",
        "New Mexico, Georgia, Ohio",
        "Three towns share one kit, hold one evening each season, and call the next week to talk about who came.",
        "About 640 people came over eleven evenings. A third were grandparents.",
        "Members",
        "Convening",
        "Active",
        "Millrace City Schools",
    ),
    (
        "Statistics of our rivers",
        "2025-10-06",
        "tie",
        "Oregon",
        "Students measure two rivers each month and debate what the numbers mean.",
        "Students have eleven months of data. We’re on hold until one of the gauges is fixed.",
        "Members",
        "Other",
        "Paused",
        "Tidepool Science Museum",
    ),
    (
        "The problem library",
        "2025-11-10",
        "convening",
        "Georgia, Minnesota, Oregon, New Mexico",
        "A collection of problems that worked, each with the story of one session.",
        "Nineteen people added 82 problems. Three circles use it at every meeting.",
        "ESO with members",
        "Convening",
        "Active",
        "",
    ),
    (
        "First-year teachers’ Sunday call",
        "2026-03-08",
        "talk",
        "Ohio, Georgia",
        "Half an hour on Sunday evenings for first- and second-year teachers. No agenda.",
        "Four to eleven people join each call. All of last spring’s regulars are still teaching.",
        "Members",
        "Weaving call",
        "Active",
        "",
    ),
    (
        "Maple and steel: a Vermont–Ohio exchange",
        "2026-08-24",
        "convening",
        "Vermont, Ohio",
        "Two classrooms plan a geometry unit together and teach it the same month.",
        "The unit is ready. Both classes start in December.",
        "Members",
        "Convening",
        "Forming",
        "",
    ),
    (
        "Tasks for multilingual learners",
        "2026-10-26",
        "convening",
        "Minnesota, Georgia, New Mexico",
        "Rewrite ten tasks so the math is hard and the reading isn’t.",
        "",
        "Members",
        "Convening",
        "Forming",
        "",
    ),
)

# What a weaver heard, what to do about it, and from when it was possible ("new": by people who just joined).
# {other}: the first name of the person introduced.
Talk = tuple[str, str, str]
TALKS_WITH_INTRODUCTION: tuple[Talk, ...] = (
    ("Has a folder of student work on fractions and no one to look at it with.", "Share the folder with {other}", ""),
    ("Is the only algebra teacher in the building. Misses having someone to disagree with.", "", ""),
    ("Teaches the same unit as {other}. Neither of them knew.", "Share both plans", ""),
    ("Wants to host an open classroom but has never done one.", "Send the visit guide", ""),
    ("Runs family math night and is tired of doing it alone.", "Find a date that works for both", ""),
    ("Asked who else works with newcomers who know more math than English.", "", ""),
    (
        "Had two minutes with {other} on the way out and wanted two hours.",
        "Set up a call for the three of us",
        "2023-12",
    ),
    (
        "Wants a weeklong problem for students who finish everything in ten minutes.",
        "Send the lattice walk",
        "2024-08",
    ),
    ("Has a small travel grant and hasn’t decided where to go.", "Suggest a visit to {other}’s circle", ""),
    (
        "The principal asked what a circle is for. Wants to answer with an example.",
        "Ask {other} to write a paragraph",
        "",
    ),
    (
        "Started a circle at the library. Four people came, then nine, then four.",
        "Introduce them at leaders’ day too",
        "2024-03",
    ),
    ("Has ninth graders fold paper and calls it proof. Wants someone to push back on that.", "", ""),
    (
        "Students write to a class in another state. {other}’s class wants to join.",
        "Pass along the addresses",
        "2024-04",
    ),
    (
        "Moved from a big district to a tiny one. Wants to meet people who know small schools.",
        "Call again in two months",
        "",
    ),
    ("Will read anyone’s first conference proposal.", "Tell the new circle leads", ""),
    (
        "Teaches night calculus to adults. No one ever asked about adults until {other} did.",
        "Bring it up with the steering group",
        "2025-02",
    ),
    ("Translates tasks on Sundays and would rather have company.", "Share the draft tasks", "2026-05"),
    ("Collects data on the creek behind the school. {other} does too, and calls it a river.", "", ""),
    ("Looking for a partner class for a geometry unit.", "Pick a month", ""),
    ("Says problem sessions are the one hour to learn math just for fun.", "", "2024-03"),
    (
        "Wants to lead a session but is nervous about the silence at the start.",
        "Do a practice run before the next exchange",
        "",
    ),
    ("Wants to meet someone who argued for less homework and survived.", "Send the school board letter", ""),
)
TALKS_WITHOUT: tuple[Talk, ...] = (
    (
        "Hasn’t come in a while. The circle moved to choir night.",
        "Ask the circle lead about another evening",
        "2024-05",
    ),
    ("Likes the circle but isn’t sure what the rest of the network is for.", "", ""),
    (
        "Plans to step down as lead next year and knows two people who could take over.",
        "Talk with both of them",
        "2025-01",
    ),
    (
        "Found the hybrid day tiring. The people in the room forgot about the people on screen.",
        "Bring to the planning group",
        "2024-10-20",
    ),
    ("Brought a colleague to the convening, and she joined a week later.", "", "2023-11"),
    ("Has a new baby. Will be back after the summer and doesn’t want to be forgotten.", "Check in again in August", ""),
    ("Asked for fewer emails and one good one.", "Take off the weekly list but keep on the Monday one", ""),
    ("Proud of the open classroom. No one from the same school came.", "Email the principal", "2024-04"),
    (
        "Says decisions still feel made before the call starts.",
        "Tell the steering group, no names",
        "2026-07",
    ),
    ("Wants us to walk the whole team through the map.", "Offer a date in January", "2026-09-20"),
    (
        "Lost travel funding. Asked if we could cover one night at the summer convening.",
        "Ask about the travel fund",
        "2026-09",
    ),
    ("Thinks the problem library needs fewer problems and more stories.", "", "2025-12"),
    ("Teaches sixth grade, loves tilings, and doesn’t know anyone yet.", "Find two people nearby", "new"),
    ("Now uses our session norms with students, word for word.", "", "2024-11"),
    (
        "Wants to know what we did with the survey answers.",
        "Send our list of what we heard and did",
        "2025-11",
    ),
)
# Conversations that led to something: when, between members of which states, what was heard, what to do.
KEY_TALKS: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "2024-05-14",
        "New Mexico",
        "New Mexico",
        "Wants to hear another school’s number talks in families’ home languages before changing anything.",
        "Ask {other} for a date that works for both",
    ),
    (
        "2025-02-06",
        "Minnesota",
        "Georgia",
        "Moved from teaching to coaching and misses the kids. {other} says the same.",
        "Ask in a month how it went",
    ),
    (
        "2025-11-18",
        "Ohio",
        "Georgia",
        "Second-year teacher, a little lost in all the email. Wants one person to call, not a list.",
        "Check that the first call happened",
    ),
)

CONNECTION_NOTES: tuple[str, ...] = (
    "Reads my plans",
    "Met at the summer convening",
    "We co-teach one unit",
    "First person I call when something goes wrong",
    "Visited her classroom in October",
    "We run problem night together",
    "Same district until 2024",
    "Helped me start our circle",
)

SHARED_STORIES = frozenset(
    {
        "Rural circle on the phone",
        "Circle starter kit",
        "Family math nights, shared",
        "First-year teachers’ Sunday call",
    }
)
"""Activities whose people agreed that reports tell their story."""
