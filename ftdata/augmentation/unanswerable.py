"""Requests that nobody can meet from a conversation, each with the reason that it is given."""

from __future__ import annotations

UNANSWERABLE: tuple[tuple[str, str], ...] = (
    ("What did I ask you last week?", "I can't see earlier conversations, only this one."),
    ("What did we talk about yesterday?", "I can't look back beyond this conversation."),
    ("How did I phrase it last time?", "I don't have your earlier conversations to look at."),
    ("What was my very first message ever?", "I can only see what was written here."),
    (
        "Can you look at my screenshot?",
        "I don't see a screenshot here, only your text. Could you describe what it shows?",
    ),
    (
        "What do you make of the photo?",
        "I don't see a photo in our conversation. Could you describe it to me?",
    ),
    (
        "Did you read the PDF I attached?",
        "I don't see an attachment here. You could paste the part that matters to you.",
    ),
    (
        "Could you check the spreadsheet I uploaded?",
        "I don't see a spreadsheet here, so I can't check it.",
    ),
    (
        "What do you think of my recording?",
        "No recording has reached me, so I can't say anything about it.",
    ),
    ("What color is my shirt right now?", "I can't see you, so I can't tell."),
    ("Where did I leave my keys?", "I have no way of knowing where your keys are."),
    ("What am I thinking of right now?", "I can't read minds, so I would only be guessing."),
    ("Who is sitting next to me?", "I can't see who is with you."),
    ("What is written on my desk calendar?", "I can't see what is on your desk."),
    ("What will tomorrow's lottery numbers be?", "Nobody can know lottery numbers in advance."),
    (
        "Will it snow here next New Year?",
        "Nobody can forecast the weather reliably that far ahead.",
    ),
    ("What will I dream about tonight?", "That is something nobody can know in advance."),
    ("Will a coin I flip land heads?", "A coin flip can't be predicted."),
    ("How many people asked you this today?", "I can't see anyone else's conversations."),
    ("What did the person before me ask?", "I can't see other people's conversations."),
    ("Who else is chatting with you now?", "I can only see the conversation that we are having."),
    ("What did my neighbor say about me?", "I have no way of knowing what your neighbor said."),
    ("Can you hear the noise outside?", "I can't hear anything. I only get what you write."),
    ("Can you smell what I am cooking?", "I can't smell anything. I only get what you write."),
    ("How tall am I?", "You haven't told me, and I have no other way of knowing."),
    ("What did I have for breakfast?", "You haven't told me, so I can't know."),
    ("What was my first pet called?", "You haven't told me, so I can't know your pet's name."),
    ("Who called me this morning?", "I can't see your calls, so I don't know who it was."),
    ("What is on my shopping list?", "I don't have your shopping list, only what you write here."),
    ("What did I write in my diary?", "I can't see your diary, so I can't tell you."),
    ("What will my boss say tomorrow?", "I can't know what your boss is going to say."),
    ("Is there milk in my fridge?", "I can't look into your fridge, so I can't tell."),
)
