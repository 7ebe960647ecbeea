"""The measures of participant experience, as the page, the glossary and the docs tell them."""

from __future__ import annotations

from nethealth.metric import Metric, Unit

METRICS: tuple[Metric, ...] = (
    Metric(
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
    Metric(
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
    Metric(
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
    Metric(
        id="mean",
        label="Average answer",
        question="Where do the answers lie on their scale?",
        reading="First each person's average over an outcome's questions, then the average of the people, so that each "
        "person weighs the same; statements worded in reverse are turned round. Pages round it, or hold it "
        "back, where it would tell what few people said who answered only some of the questions.",
        not_meaning="The same average can hide agreement or two camps: look at the distribution.",
        unit=Unit.NUMBER,
        undefined="nobody answered, or the questions have different scales",
        source="mean of person means; see Likert 1932 on summing answers of one scale",
        compute=lambda outcome: outcome.exact_mean,
    ),
    Metric(
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
    Metric(
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
    Metric(
        id="interval",
        label="How far it can be trusted",
        question="Within which bounds may the true share lie?",
        reading="If everybody who could have answered like these people had been asked, the share would lie within "
        "these bounds in 95 of 100 such surveys. It knows that one person’s answers resemble each other; where few "
        "people left out a question it takes them to be all alike, so that nobody learns more of these few.",
        not_meaning="It knows nothing of those who chose to stay silent, who may differ.",
        unit=Unit.SHARE,
        undefined="nobody answered, or the share is held back",
        source="score interval, Wilson 1927; answers of one person counted by their variance, Kish 1965",
        compute=lambda figures: figures.share and (figures.share.low, figures.share.high),
    ),
    Metric(
        id="change",
        label="Change since the survey before",
        question="Did the share who agree move by more than chance would?",
        reading="The difference in points with its 95% bounds. Where they hold nought it is too early to tell.",
        not_meaning="“Too early to tell” is not “nothing changed”: with more answers it may show. Nor does a change "
        "say what brought it about, or whether the same people answered.",
        unit=Unit.SHARE,
        undefined="it was not asked before, in other words or on another scale, or too few answered",
        source="Newcombe 1998, Statistics in Medicine 17:873, method 10",
        compute=lambda change: change.difference and change.difference.value,
    ),
    Metric(
        id="recommendation",
        label="Promoters less detractors",
        question="Would members recommend the network?",
        reading="The share who answered 9 or 10 less the share who answered 0 to 6, in points, with its 95% bounds.",
        not_meaning="With some dozens of answers it moves by ten points and more by chance alone; and 7 or 8, which "
        "many mean as praise, counts for nothing.",
        unit=Unit.INDEX,
        undefined="nobody answered a question from 0 to 10, or too few did",
        source="Reichheld 2003; bounds after Newcombe 1998, Statistics in Medicine 17:2635, method 10",
        compute=lambda question: question.recommendation and question.recommendation.score.value,
    ),
    Metric(
        id="group_share",
        label="Share who agree in a group",
        question="Do some groups of members agree more than others?",
        reading="The same share, among those in the group who answered.",
        not_meaning="Two dots apart are no difference yet: look whether their lines overlap, and read the sentences "
        "above, which know how many groups were looked at.",
        unit=Unit.SHARE,
        undefined="the group, or what would remain beside it in any view, is smaller than the smallest group",
        source="complementary suppression, Cox 1980, across all pairs of views",
        compute=lambda group: group.share.value,
    ),
    Metric(
        id="difference",
        label="What members say differently",
        question="Which groups answer a question differently from everybody else?",
        reading="The largest differences that remain clear when one knows how many groups and questions were looked "
        "at: of those told, at most one in twenty is expected to be chance.",
        not_meaning="A difference between groups says nothing of its cause.",
        unit=Unit.SHARE,
        undefined="no group is large enough, or no difference is clear",
        source="N-1 chi-squared or Fisher’s exact test, Campbell 2007; Benjamini & Hochberg 1995",
        compute=lambda contrast: contrast.difference.value,
    ),
    Metric(
        id="heard_share",
        label="Share of a group who answered",
        question="Whose silence would one miss?",
        reading="Members of the group who are known to have answered, over its members on the day of the survey.",
        not_meaning="It does not say what the silent ones think. Answers without a name are in no group.",
        unit=Unit.SHARE,
        undefined="the group is too small, fewer than the smallest group answered, or all but so few",
        source="the Survey and Members tabs",
        compute=lambda group: group.share,
    ),
)
