"""Learning from texts that people have sorted: which class a new one belongs to, how sure, and why.

    model = train(messages, labels)
    model.guess(Message("路灯不亮", "…"))   # the likeliest classes with probability and words
    save(model, path); load(path)          # arrays and texts only, without pickle

Pure: no database, no network. What was tried and what it brought: docs/judgement.md.
"""

from daodi.lib.learning.figures import Measured, measure
from daodi.lib.learning.model import Guess, Model, TooFew, train
from daodi.lib.learning.storing import NotAModel, load, save
from daodi.lib.learning.texts import Message

__all__ = ["Guess", "Measured", "Message", "Model", "NotAModel", "TooFew", "load", "measure",
           "save", "train"]  # fmt: skip
