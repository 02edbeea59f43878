"""Learning from texts that people have sorted: which class a new one belongs to, how sure, and why.

    tree = train(messages, paths)           # a path: the labels on the way down
    tree.guess(Message("路灯不亮", "…"))     # the likeliest, with probability and words
    save(tree, file); load(file)            # arrays and texts only, without pickle

Pure: no database, no network. It takes seconds to load: whoever need not wait for it asks a worker.
What was tried and what it brought: docs/judgement.md.
"""

from daodi.lib.learning.figures import Measured, measure
from daodi.lib.learning.model import Guess, TooFew
from daodi.lib.learning.storing import NotAModel, load, save
from daodi.lib.learning.texts import Message
from daodi.lib.learning.tree import Tree, train

__all__ = [
    "Guess",
    "Measured",
    "Message",
    "NotAModel",
    "TooFew",
    "Tree",
    "load",
    "measure",
    "save",
    "train",
]
