"""The measures of participant experience, as the page, the glossary and the docs tell them."""

from __future__ import annotations

from nethealth.definitions import Measure, Unit

MEASURES: tuple[Measure, ...] = (
    Measure(
        id="responses",
        label="Answers received",
        question="How many members answered the survey?",
        reading="Each person counts once in a wave; who answered twice is heard by the last answer.",
        not_meaning="Many answers are not yet everybody's: look at who is missing.",
        unit=Unit.COUNT,
        undefined="never",
        source="the Survey tab",
        compute=lambda wave: wave.responses,
    ),
    Measure(
        id="response_rate",
        label="Response rate",
        question="Of those who were asked, how many answered?",
        reading="Answers over the people invited (the Waves tab), else over the members on the wave's date.",
        not_meaning="A high rate does not make the answers everybody's; those who are silent may differ.",
        unit=Unit.SHARE,
        undefined="nobody knows how many were asked, or more answered than there were members",
        source="AAPOR Standard Definitions, response rate 1, over the people invited",
        compute=lambda wave: wave.response_rate,
    ),
    Measure(
        id="top_two",
        label="Share who agree",
        question="How many of the answers are one of the two highest?",
        reading="Agree and strongly agree on a scale of five, 9 and 10 on 0–10; "
        "statements worded in reverse are turned round.",
        not_meaning="It does not say how strongly people feel, nor why. Compare it on the same scale only.",
        unit=Unit.SHARE,
        undefined="nobody answered, or the scale has only two answers",
        source="the share in the top two boxes of a rating scale, usual in survey practice",
        compute=lambda outcome: outcome.top_two,
    ),
    Measure(
        id="mean",
        label="Average answer",
        question="Where do the answers lie on their scale?",
        reading="First each person's average over an outcome's questions, then the average of the people, so that each "
        "person weighs the same; statements worded in reverse are turned round.",
        not_meaning="The same average can hide agreement or two camps: look at the distribution.",
        unit=Unit.NUMBER,
        undefined="nobody answered, or the questions have different scales",
        source="mean of person means; see Likert 1932 on summing answers of one scale",
        compute=lambda outcome: outcome.mean,
    ),
    Measure(
        id="answers",
        label="Answers",
        question="How many answers stand behind an outcome?",
        reading="All answers to all of its questions; one person may have given several.",
        not_meaning="It is not the number of people.",
        unit=Unit.COUNT,
        undefined="never",
        source="the Survey and Questions tabs",
        compute=lambda outcome: outcome.answers,
    ),
    Measure(
        id="distribution",
        label="Distribution of answers",
        question="How many people gave each answer?",
        reading="As people answered, without turning anything round. "
        "Rare choices are pooled, so that nobody is known by theirs.",
        not_meaning="A difference of a few answers may be chance, most of all where few people answered.",
        unit=Unit.COUNT,
        undefined="fewer people than the smallest group answered: then it is held back",
        source="the Survey tab",
        compute=lambda question: question.distribution,
    ),
)
