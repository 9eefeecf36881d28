"""Asks two AWS accounts what the project says of AWS, and prints as JSON where AWS answers otherwise.

The progress and what could not be deleted go to standard error. Exit code 0: there are no differences, and nothing is
left. 1: there are, something is left, or the run was interrupted; the JSON says what. 2: nothing was asked.
"""

import argparse
import json
import secrets
import signal
import sys
from pathlib import Path

HERE = Path(__file__).parent
RESOURCES = HERE.parent / "src" / "test" / "resources"
sys.path.append(str(RESOURCES))

import boto3
import yaml
from botocore.exceptions import BotoCoreError, ClientError

import custom_event_bus
from account import Account, NotAsked, is_denied
from questions import QUESTIONS

NEVER_ASKED = [
    ("whether a burst of calls may exceed 50 a second", "it would throttle everybody else in the account"),
    ("a discoverer of a bus that a customer's key encrypts", "a key can't be deleted at once, and costs until then"),
]


class Interruption:
    """Ctrl-C and SIGTERM: they end the questions, but not the cleaning."""

    def __init__(self):
        self.came = False
        self.cleaning = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self)

    def __call__(self, number, frame):
        if not self.came:
            say("Interrupted. Deleting what was made...")
        self.came = True
        if not self.cleaning:
            raise KeyboardInterrupt


class Run:
    """All questions to two accounts, and what came of them."""

    def __init__(self, a, b):
        self.a, self.b = a, b
        self.callers = {"{caller}": a, "{other caller}": b}
        self.interruption = Interruption()
        self.asked = 0
        self.differences = []
        self.answers = []
        self.not_asked = [{"question": it, "reason": why} for it, why in NEVER_ASKED]

    def text(self, template, name):
        """The template with what its placeholders stand for."""
        for placeholder, value in self.values(name):
            template = template.replace(placeholder, value)
        return template

    def template(self, value, name):
        """JSON without what tells whose accounts these are."""
        text = json.dumps(value, default=str)
        for placeholder, it in self.values(name):
            text = text.replace(it, placeholder)
        return json.loads(text)

    def values(self, name):
        return [
            # The name of whoever calls is in refusals; root's is everywhere.
            *[(who, it.caller) for who, it in self.callers.items() if not it.caller.endswith(":root")],
            ("{endpoint}", self.a.client("sqs").meta.endpoint_url),
            ("{account}", self.a.number),
            ("{other}", self.b.number),
            ("{region}", self.a.region),
            ("{run}", name),
            ("{run}", self.a.run),
        ]

    def all(self):
        probes = [it | {"sandbox": it["aws"]} for it in read(RESOURCES / "probes.yaml")]
        questions = probes + read(HERE / "guesses.yaml") + QUESTIONS + custom_event_bus.QUESTIONS
        for number, it in enumerate(questions):
            say(f"{number + 1}/{len(questions)} {it['probe']}")
            self.ask(it, f"{self.a.run}-{number}")
            if self.interruption.came:
                raise KeyboardInterrupt

    def ask(self, question, name):
        told = {it: question[it] for it in ("document", "calls", "sandbox") if it in question}
        try:
            if "emulatorsOnly" in question:
                raise NotAsked(question["emulatorsOnly"])
            answer = self.answer(question, name)
            if "sandbox" in question and answer != question["sandbox"]:
                # AWS knows changes after a while: only what it says twice is a difference.
                self.clean()
                answer = self.answer(question, name + "-2")
        except NotAsked as reason:
            self.skip(question, str(reason), name)
        except Exception as error:  # such as an answer without the member that the question is about
            self.skip(question, f"{type(error).__name__}: {error}", name)
        else:
            self.asked += 1
            if "sandbox" not in question:
                self.answers.append({"question": question["probe"], "aws": answer})
            elif answer != question["sandbox"]:
                self.differences.append({"question": question["probe"]} | told | {"aws": answer})
        finally:
            self.clean()

    def skip(self, question, reason, name):
        self.not_asked.append({"question": question["probe"], "reason": self.template(reason, name)})

    def answer(self, question, name):
        if "ask" in question:
            return self.template(question["ask"](self.a, self.b, name), name)
        calls = json.loads(self.text(json.dumps(question["calls"]), name))
        answers = [self.a.call(service, operation, **parameters) for service, operation, parameters in calls]
        for it in answers:
            if is_denied(it):
                raise NotAsked(f"{it['Code']}: {it['Message']}")
        last = answers[-1]
        if "HTTPStatusCode" in last:  # the wording of refusals is nobody's promise
            last = {member: last[member] for member in ("Code", "HTTPStatusCode")}
        return self.template(last, name)

    def clean(self):
        self.interruption.cleaning = True
        self.b.clean()  # first: its subscribers keep the first account's bus
        self.a.clean()
        self.interruption.cleaning = False

    def end(self):
        """Tries once more to delete what is left."""
        self.interruption.cleaning = True
        self.b.clean_again()
        self.a.clean_again()

    def left(self):
        return [
            {"account": it.number, "made by": made, "of": parameters, "reason": f"{why['Code']}: {why['Message']}"}
            for it in (self.a, self.b)
            for (_, made, parameters), why in it.left
        ]

    def report(self):
        told = {
            "asked": self.asked,
            "differences": self.differences,
            "answers": self.answers,
            "notAsked": self.not_asked,
            "left": self.left(),
        }
        return self.template(told, self.a.run)


def read(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def say(text):
    print(text, file=sys.stderr, flush=True)


def main():
    parser = argparse.ArgumentParser(prog="aws-truth", description=__doc__.partition("\n")[0])
    parser.add_argument("--profile-a", required=True, help="profile of the first account, which has most of it")
    parser.add_argument("--profile-b", required=True, help="profile of the second account")
    parser.add_argument("--region", help="default: each profile's own")
    parser.add_argument("--yes", action="store_true", help="ask; without it, only what it costs and needs is said")
    options = parser.parse_args()
    say((HERE / "before.txt").read_text(encoding="utf-8"))
    if not options.yes:
        say("Nothing was asked. To ask, add --yes.")
        return 2
    name = "aws-truth-" + secrets.token_hex(3)
    try:
        profiles = [options.profile_a, options.profile_b]
        sessions = [boto3.Session(profile_name=it, region_name=options.region) for it in profiles]
        run = Run(*[Account(it, name) for it in sessions])
    except (BotoCoreError, ClientError) as error:
        say(f"aws-truth: {error}")
        return 2
    if run.a.number == run.b.number or run.a.region != run.b.region:
        say("aws-truth: the profiles must be of two accounts and one Region.")
        return 2
    say(f"Asking accounts {run.a.number} and {run.b.number} in {run.a.region}. All names begin with {name}.")
    ended = asked(run)
    for it in run.left():
        made = f"{it['made by']} {json.dumps(it['of'], default=str)}"
        say(f"Not deleted in account {it['account']}: the resource of {made}: {it['reason']}")
    print(json.dumps({"run": name, "region": run.a.region, "boto3": boto3.__version__} | run.report(), indent=2))
    return 0 if ended and not run.differences and not run.left() else 1


def asked(run):
    """Whether all questions were asked."""
    try:
        run.all()
        return True
    except KeyboardInterrupt:
        return False
    finally:
        run.end()


if __name__ == "__main__":
    sys.exit(main())
