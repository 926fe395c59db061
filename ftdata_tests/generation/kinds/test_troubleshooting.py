from ftdata.generation.kinds.troubleshooting import troubleshooting
from ftdata_tests.generation.written import asked_of, drafts_of, prompts_of

TEXT = "Restart the pod and look at its logs."


def test_an_alert_is_reported_by_the_one_who_is_paged():
    prompts = prompts_of(troubleshooting, ("KubePodCrashLooping", "Mitigation"), TEXT)
    assert "KubePodCrashLooping again... how do i make it stop?" in "\n".join(prompts)
    prompts = prompts_of(troubleshooting, ("KubePodCrashLooping", "Meaning"), TEXT)
    assert "Why am I getting KubePodCrashLooping?" in "\n".join(prompts)


def test_a_condition_is_told_in_the_first_person():
    prompts = prompts_of(troubleshooting, ("If your pod is not ready",), TEXT, title="Pods")
    assert "My pod is not ready. What should I do?" in "\n".join(prompts)


def test_a_statement_is_told_as_it_is():
    path = ("The banner is not showing",)
    assert "help, the banner is not showing" in asked_of(
        troubleshooting, path, TEXT, title="Banner"
    )


def test_a_symptom_with_its_cause_is_a_problem():
    pieces = ("**Cause:** The spring is bent.", "**Fix:** Bend the spring back.")
    path = ("Equipment", "The head torch flickers")
    assert "The head torch flickers. What should I do?" in asked_of(troubleshooting, path, *pieces)


def test_a_problem_without_a_verb_is_quoted():
    asked = asked_of(troubleshooting, ("Error ratio too high",), TEXT, title="Errors")
    assert 'What should I do about "Error ratio too high"?' in asked


def test_a_named_problem():
    prompts = prompts_of(troubleshooting, ("Connection refused",), TEXT, title="Errors")
    assert any("Connection refused" in prompt for prompt in prompts)


def test_an_if_in_the_text():
    text = "It works. If you get an error while you log in, clear your cookies. Then try again."
    (draft,) = drafts_of(troubleshooting, ("Logging in",), text)
    assert "I get an error while I log in" in draft.prompt.replace(
        "Since today, i", "Since today, I"
    )
    assert draft.answer.startswith("If you get an error")
    assert draft.answer.endswith("Then try again.")


def test_a_wish_is_no_problem():
    text = "If you want to log errors, set the option to true."
    assert not drafts_of(troubleshooting, ("Logging",), text)


def test_text_about_problems_is_no_problem():
    for heading in ("Error messages", "Full changelog", "Not knowing everything"):
        assert not drafts_of(troubleshooting, (heading,), TEXT)
