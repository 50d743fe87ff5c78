# %% [markdown]
# # The history of a term
#
# How is *соглашение* rendered through the corpus, and where does a version use another word?
# %%
import parallel_texts as pt

corpus = pt.load_corpus()
found = pt.search("соглашение", corpus, lang="ru", by="lemma", limit=None)
found.total, len({hit.work for hit in found})
# %% [markdown]
# Key word in context, with the passages of the other languages beside it:
# %%
found.to_dataframe("pandas")[["work", "date", "left", "match", "right", "zh"]].head(8)
# %% [markdown]
# Which wordings of the glossary the passages beside use, by work and date. An empty wording: none of them.
# %%
used = pt.translations("соглашение", corpus, lang="ru")
table = used.to_dataframe("pandas")
table.pivot_table(
    index=["date", "work"], columns=["target", "wording"], values="passages", fill_value=0,
    aggfunc="sum",
)  # fmt: skip
# %%
import matplotlib.pyplot as plt

chinese = table[table.target == "zh"].assign(wording=table.wording.replace("", "(other)"))
figure, axes = plt.subplots(figsize=(8, 3))
shown = chinese.pivot_table(
    index="work", columns="wording", values="passages", aggfunc="sum", sort=False, fill_value=0
)
labels = {"协定": "xieding", "(other)": "another word"}
shown.rename(columns=labels).plot.barh(stacked=True, ax=axes)
axes.invert_yaxis()
axes.legend(title="", loc="upper right")
axes.set(xlabel="passages", ylabel="", title="What stands in Chinese beside соглашение")
figure.tight_layout()
# %% [markdown]
# The passages where Russian has the term and the Chinese passage beside has not:
# %%
without = pt.search("agreement", corpus, by="term", lang="ru", absent={"zh": "agreement"})
for hit in without:
    print(hit.work, hit.passage, "|", hit.match, "|", dict(hit.beside)["zh"])
assert without.total < found.total
# %% [markdown]
# Two words for the same thing: *договор* is 条约, *соглашение* 协定. Does the corpus keep them apart?
# %%
for term in ("договор", "соглашение"):
    total = pt.search(term, corpus, lang="ru", by="lemma").total
    kept = (
        total
        - pt.search(
            term,
            corpus,
            lang="ru",
            by="lemma",
            absent={"zh": "条约" if term == "договор" else "协定"},
        ).total
    )
    print(term, total, "passages,", kept, "with the expected word beside")
