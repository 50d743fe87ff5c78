# %% [markdown]
# # A new translation, and the links that want a second look
#
# Somebody hands you another English translation of an agreement. Which of its sentences answer to which of the Chinese and Russian ones,
# and where should a person look twice?
# %%
import parallel_texts as pt

corpus = pt.load_corpus()
work = corpus.work("chita-1955")
corpus.to_dataframe().query("work == 'chita-1955'")
# %% [markdown]
# Here the "new" translation is made from the English version of the corpus: a sentence is left out, two are joined, one says something else. A list of strings,
# a string or a `Path` to a text file would do as well.
# %%
english = [passage.text for passage in work.version("en").passages]
lost, changed = 6, 12
new = [*english[:lost], " ".join(english[lost + 1 : lost + 3]), *english[lost + 3 :]]
new[changed] = "The weather in Chita was fine that autumn, and the delegations went for walks."
len(english), len(new)
# %%
texts = {lang: [p.text for p in work.version(lang).passages] for lang in ("zh", "ru")}
alignment = pt.align({**texts, "en": new}, work=work.id)
table = alignment.to_dataframe("pandas")
table.head()
# %% [markdown]
# Three things make a link doubtful. *Confidence* is low where another division of the passages would do nearly as well; *score*, how alike the sides are, is
# low where they do not say the same, even if nothing else could answer to them; and a language may have nothing.
# %%
doubtful = table[
    (table.confidence < 0.6)
    | (table.score < 0.3)
    | (table.en == "")
    | (table.zh == "")
    | (table.ru == "")
]
doubtful.sort_values("confidence")
# %%
import matplotlib.pyplot as plt

figure, axes = plt.subplots(figsize=(9, 2.6))
colours = ["tab:red" if link in set(doubtful.link) else "tab:blue" for link in table.link]
axes.bar(range(len(table)), table.confidence, color=colours)
axes.set(xlabel="link, in text order", ylabel="confidence", ylim=(0, 1))
axes.set_title("Red: doubtful")
figure.tight_layout()
# %% [markdown]
# The sentence that was left out, the joined pair and the strange sentence should be among the red ones:
# %%
missing = [alignment.text(link, "zh") for link in alignment if "en" in link.missing]
strange = [link for link in alignment if "weather" in alignment.text(link, "en")]
assert missing, "the sentence left out was not noticed"
assert strange and {link.id for link in strange} <= set(doubtful.link)
missing, [(link.confidence, link.score) for link in strange]
# %% [markdown]
# For a translator: the same links as PO, doubtful ones marked, to be corrected in any editor and merged back with `parallel-texts merge`.
# %%
print(pt.export(alignment, "po", languages=["ru", "en"]).decode()[-600:])
