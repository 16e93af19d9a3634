using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Intake.Demo;

/// <summary>Something that somebody did to a ticket at an instant.</summary>
internal sealed record DemoAct(Instant At, PersonId By, TicketCommand Command);

/// <summary>Whom and when a story concerns.</summary>
internal sealed record DemoCase(
    DemoStory Story,
    bool IsIncident,
    PersonId Requester,
    PersonId Agent,
    TeamId Team,
    Instant OpenedAt
)
{
    private int Weight => Level(Story.Impact) + Level(Story.Urgency);

    /// <summary>What the matrix of impact and urgency says; requests are mostly ordinary.</summary>
    public Priority Priority =>
        Weight switch
        {
            >= 4 => Priority.Critical,
            3 => Priority.High,
            2 => Priority.Medium,
            _ => Priority.Low,
        };

    private static int Level(string level) =>
        level switch
        {
            "high" => 2,
            "medium" => 1,
            _ => 0,
        };
}

/// <summary>How a ticket went on after it was opened, up to now. Pure.</summary>
internal sealed class DemoCourse(DemoCase told, DemoRandom random, Instant now)
{
    private static readonly Duration Fresh = Duration.FromHours(12);
    private static readonly Duration Recent = Duration.FromDays(5);

    private readonly List<DemoAct> acts = [];
    private Instant at = told.OpenedAt;

    private enum Ending
    {
        Untouched,
        InProgress,
        WaitsForCustomer,
        WaitsForSupplier,
        Solved,
    }

    /// <summary>What was done, in order; nothing lies after now.</summary>
    public IReadOnlyList<DemoAct> Acts()
    {
        var ending = Choose(now - told.OpenedAt);
        if (ending != Ending.Untouched && TakeUp(ending))
        {
            Continue(ending);
        }

        return acts;
    }

    // Old work is done, apart from what got stuck; fresh work is still under way.
    private Ending Choose(Duration age)
    {
        int[] shares =
            age < Fresh ? [40, 35, 8, 2]
            : age < Recent ? [7, 24, 13, 6]
            : [0, 2, 2, 1];
        var drawn = random.Below(100);
        for (var i = 0; i < shares.Length; i++)
        {
            drawn -= shares[i];
            if (drawn < 0)
            {
                return (Ending)i;
            }
        }

        return Ending.Solved;
    }

    private bool TakeUp(Ending ending)
    {
        var first = told.Story.Turns[0];
        var slow = random.Chance(12) ? 6 : 1;
        var parts = new List<TicketCommand>
        {
            new AssignTicket(told.Agent, told.Team),
            new TransitionTicket("in-progress", null, ValueMap<FieldValue?>.Empty),
        };
        if (told.Story.Turns.Count > 1)
        {
            parts.Add(Written(first));
        }

        if (ending is Ending.WaitsForCustomer or Ending.WaitsForSupplier)
        {
            var status = ending == Ending.WaitsForCustomer ? "waiting-for-customer" : "waiting-for-supplier";
            parts.Add(new TransitionTicket(status, null, ValueMap<FieldValue?>.Empty));
        }

        return Act(told.Agent, FirstAnswerMinutes() * slow, new ChangeTicket(parts.ToValueList()));
    }

    private void Continue(Ending ending)
    {
        if (ending is Ending.WaitsForCustomer or Ending.WaitsForSupplier)
        {
            return;
        }

        var turns = told.Story.Turns;
        for (var i = 1; i < turns.Count - 1; i++)
        {
            if (!Act(By(turns[i]), random.Between(15, 240), Written(turns[i])))
            {
                return;
            }
        }

        if (ending == Ending.Solved && Solve(turns[^1]) && now - at > Duration.FromDays(told.IsIncident ? 7 : 5))
        {
            var close = new TransitionTicket("closed", null, ValueMap<FieldValue?>.Empty);
            Act(told.Requester, random.Between(24 * 60, 4 * 24 * 60), close);
        }
    }

    private bool Solve(string answer)
    {
        var (status, resolution) = told.IsIncident
            ? ("resolved", random.Chance(15) ? "workaround" : "solved")
            : ("fulfilled", "done");
        var solved = new TransitionTicket(status, resolution, ValueMap<FieldValue?>.Empty);
        var minutes = random.Between(30, told.Priority >= Priority.High ? 400 : 1500) * (random.Chance(15) ? 5 : 1);
        return Act(told.Agent, minutes, new ChangeTicket([Written(answer), solved]));
    }

    private int FirstAnswerMinutes() =>
        told.Priority switch
        {
            Priority.Critical => random.Between(3, 25),
            Priority.High => random.Between(8, 75),
            _ => random.Between(15, 230),
        };

    private PersonId By(string turn) => turn[0] == 'C' ? told.Requester : told.Agent;

    private static TicketCommand Written(string turn) =>
        turn[0] == 'N' ? new AddInternalNote(turn[2..].Trim(), []) : new AddPublicComment(turn[2..].Trim(), []);

    private bool Act(PersonId by, int minutes, TicketCommand command)
    {
        var then = at + Duration.FromMinutes(minutes);
        if (then >= now)
        {
            return false;
        }

        at = then;
        acts.Add(new DemoAct(at, by, command));
        return true;
    }
}
