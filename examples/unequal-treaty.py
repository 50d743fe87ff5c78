# %% [markdown]
# # The unequal treaty
#
# `chita-1955` is a reconstruction, written anew from what is reported of an agreement between two border military districts. No text of it is authentic. What may one side
# do that the other may not, and do the three versions agree on that?
# %%
import parallel_texts as pt

corpus = pt.load_corpus()
work = corpus.work("chita-1955")
alignment = pt.align_work(corpus, work, keep=False)
findings = pt.flag_work(corpus, work, alignment)
findings.to_dataframe("pandas")[["code", "unit", "message", "confidence"]]
# %% [markdown]
# Codes beginning with P compare the parties inside a text, V the versions with each other, A the authenticity.
# %%
party = [finding for finding in findings if finding.kind == "party"]
for finding in party:
    print(finding.code, finding.message)
    for evidence in finding.evidence:
        print("   ", evidence.lang, evidence.text)
assert "P204" in {finding.code for finding in party}
# %% [markdown]
# The balance of rights and duties, read from each language by itself.
# %%
parties = corpus.parties()
balances = {
    version.lang: pt.balance(
        pt.norms.norms(version.passages, parties, only=work.parties), parties, only=work.parties
    )
    for version in work.versions
}
balances["zh"]
# %%
import matplotlib.pyplot as plt
import pandas as pd

rows = [
    {"lang": lang, "party": corpus.authority(party).name("en"), "modality": norm.modality}
    for lang, balance in balances.items()
    for party in work.parties
    for norm in balance.of(party)
]
counted = (
    pd.DataFrame(rows).value_counts(["modality", "party", "lang"]).unstack("lang", fill_value=0)
)
counted
# %%
languages = list(balances)
names = list(dict.fromkeys(row["party"] for row in rows))
kinds = list(dict.fromkeys(row["modality"] for row in rows))
figure, panels = plt.subplots(1, len(languages), figsize=(10, 3), sharey=True)
for panel, lang in zip(panels, languages, strict=True):
    for number, name in enumerate(names):
        heights = [
            sum(r["lang"] == lang and r["party"] == name and r["modality"] == kind for r in rows)
            for kind in kinds
        ]
        places = [place + 0.4 * number for place in range(len(kinds))]
        panel.bar(places, heights, width=0.4, label=name)
    panel.set_title(lang)
    panel.set_xticks([place + 0.2 for place in range(len(kinds))], kinds, rotation=40, ha="right")
panels[0].set_ylabel("norms")
figure.tight_layout()
figure.legend(
    *panels[0].get_legend_handles_labels(), loc="lower center", bbox_to_anchor=(0.5, -0.12), ncols=2
)
# %% [markdown]
# Where the bars of the languages differ, either the versions say different things or the rules read one language less well than another; the evidence above shows which.
# Who judged the terms unequal is a matter for historians: the tool names the words.
# %%
one_sided = {
    lang: sorted({(i.action, i.norms[0].bearer) for i in b if i.status in ("one-sided", "unequal")})
    for lang, b in balances.items()
}
shared = set.intersection(*map(set, one_sided.values()))
print("unequal or one-sided in every language:", sorted(shared))
assert shared
