"""The metrics of participant experience, as the page, the glossary, and the docs show them."""

from __future__ import annotations

from nethealth.metric import Metric, Unit

METRICS: tuple[Metric, ...] = (
    Metric(
        id="responses",
        label="Responses",
        question="How many people answered the survey?",
        reading="Each person counts once per wave. If someone answered twice, we use their last response.",
        not_meaning="Many responses may still miss some groups. Check who didn’t answer.",
        unit=Unit.COUNT,
        undefined="never",
        source="the Survey tab",
    ),
    Metric(
        id="response_rate",
        label="Response rate",
        question="What share of the people we asked answered?",
        reading="Responses divided by the people invited (Waves tab), or by the members on the survey’s date.",
        not_meaning="A high rate doesn’t make the answers representative. Nonrespondents may think differently.",
        unit=Unit.SHARE,
        undefined="we don’t know how many people were asked, or more people answered than there were members",
        source="AAPOR Standard Definitions, response rate 1, over the people invited",
    ),
    Metric(
        id="top_two",
        label="Share who agree",
        question="What share of answers are one of the two highest?",
        reading="Agree and strongly agree on a five-point scale, or 9 and 10 on a 0–10 scale. "
        "We flip statements worded in reverse.",
        not_meaning="It doesn’t say how strongly people feel, or why. Compare it only on the same scale.",
        unit=Unit.SHARE,
        undefined="no one answered, or the scale has only two answers",
        source="top-two-box share, standard in survey practice",
    ),
    Metric(
        id="mean",
        label="Average answer",
        question="Where on the scale is the average answer?",
        reading="We average each person’s answers to an outcome’s questions, then average over people, so everyone "
        "counts the same. We flip statements worded in reverse. We round or hide the average if it could reveal "
        "a few people’s answers.",
        not_meaning="The same average can hide agreement or two opposing groups. Look at the distribution.",
        unit=Unit.NUMBER,
        undefined="no one answered, or the questions have different scales",
        source="mean of person means; see Likert 1932 on adding up answers on one scale",
    ),
    Metric(
        id="answers",
        label="Answers",
        question="How many answers is an outcome based on?",
        reading="All answers to all of its questions. One person may have given several.",
        not_meaning="It isn’t the number of people.",
        unit=Unit.COUNT,
        undefined="never",
        source="the Survey and Questions tabs",
    ),
    Metric(
        id="distribution",
        label="Distribution of answers",
        question="How many people gave each answer?",
        reading="Answers as people gave them, without flipping any. "
        "We pool rare choices so they can’t identify anyone.",
        not_meaning="A difference of a few answers may be chance, especially if few people answered.",
        unit=Unit.COUNT,
        undefined="fewer people answered than the minimum group size (hidden)",
        source="the Survey tab",
    ),
    Metric(
        id="interval",
        label="95% confidence interval",
        question="How precise is the share?",
        reading="If we repeated the survey many times, about 95 of 100 such ranges would include the true share. "
        "It allows for one person giving several similar answers.",
        not_meaning="It doesn’t cover nonrespondents, who may think differently.",
        unit=Unit.SHARE,
        undefined="no one answered, or the share is hidden",
        source="Wilson 1927, score interval; Kish 1965, answers clustered by person (as identical if only a few people "
        "skipped a question)",
    ),
    Metric(
        id="change",
        label="Change since the last survey",
        question="Did the share who agree change by more than chance?",
        reading="The difference in percentage points with its 95% confidence interval. If the interval includes zero, "
        "the change could be chance.",
        not_meaning="“Could be chance” isn’t “nothing changed”: more answers might show a change. A change doesn’t say "
        "what caused it, or whether the same people answered.",
        unit=Unit.SHARE,
        undefined="the question is new, its wording or scale changed, or too few people answered",
        source="Newcombe 1998, Statistics in Medicine 17:873, method 10",
    ),
    Metric(
        id="recommendation",
        label="Promoters minus detractors (NPS)",
        question="Would members recommend the network?",
        reading="The share who answered 9 or 10 minus the share who answered 0 to 6, in points, "
        "with its 95% confidence interval.",
        not_meaning="With a few dozen answers it can move ten points or more by chance. And 7 or 8, which many people "
        "mean as praise, counts for nothing.",
        unit=Unit.INDEX,
        undefined="no question is on a 0–10 scale, or too few people answered it",
        source="Reichheld 2003; interval by Newcombe 1998, Statistics in Medicine 17:2635, method 10",
    ),
    Metric(
        id="group_share",
        label="Share who agree in a group",
        question="Do some groups of members agree more than others?",
        reading="The same share, among the people in the group who answered.",
        not_meaning="Two separate dots don’t prove a difference. Check whether their lines overlap, and read the "
        "sentences above: they allow for the number of groups we compared.",
        unit=Unit.SHARE,
        undefined="the group, or what anyone could work out from it, is smaller than the minimum group size (hidden)",
        source="complementary suppression, Cox 1980, across all pairs of views",
    ),
    Metric(
        id="difference",
        label="Differences between groups",
        question="Which groups answer a question differently from everyone else?",
        reading="The largest differences that stay clear after allowing for all the groups and questions we compared. "
        "At most one in twenty is expected to be chance.",
        not_meaning="A difference between groups doesn’t say what causes it.",
        unit=Unit.SHARE,
        undefined="no group is large enough, or no difference is clear",
        source="N-1 chi-squared or Fisher’s exact test, Campbell 2007; Benjamini & Hochberg 1995",
    ),
    Metric(
        id="group_response_rate",
        label="Response rate of a group",
        question="Which groups are underrepresented among the answers?",
        reading="Members of the group known to have answered, divided by its members on the day of the survey.",
        not_meaning="It doesn’t say what nonrespondents think. Answers without a name aren’t in any group.",
        unit=Unit.SHARE,
        undefined="too few people are in the group, answered, or didn’t answer (hidden)",
        source="the Survey and Members tabs",
    ),
)
