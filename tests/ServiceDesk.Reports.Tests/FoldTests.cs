using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using ServiceDesk.Reports.Facts;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Reports.Tests;

/// <summary>What reports know of a ticket, by itself.</summary>
public class FoldTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 9, 0);

    [Fact]
    public void A_resolution_counts_while_it_stands()
    {
        var figures = Fold(Opened(), Status(StatusCategory.Done), Status(StatusCategory.Active));

        Assert.Null(figures.ResolvedAt);
        Assert.Equal([At(2)], figures.Reopenings);
        Assert.Equal([(At(0), (Instant?)At(1)), (At(2), null)], figures.Stretches.Select(one => (one.From, one.To)));
    }

    [Fact]
    public void Stretches_carry_the_marks_that_held_then()
    {
        var figures = Fold(
            Opened(),
            new TicketAssigned(new PersonId(7), null),
            new TicketAssigned(null, new TeamId(3))
        );

        Assert.Equal(["", "7", ""], figures.Stretches.Select(one => one.Marks.Assignee));
        Assert.Equal(["", "", "3"], figures.Stretches.Select(one => one.Marks.Team));
        Assert.Equal("3", figures.Marks.Team);
    }

    [Fact]
    public void A_move_brings_the_request_type_of_the_other_desk()
    {
        var figures = Fold(
            Opened() with
            {
                RequestType = "printer",
            },
            Moved("new-employee"),
            new TicketAssigned(new PersonId(7), null),
            Moved(null)
        );

        Assert.Equal(
            ["printer", "new-employee", "new-employee", ""],
            figures.Stretches.Select(one => one.Marks.RequestType)
        );
        Assert.Equal(("HR", ""), (figures.Marks.Desk, figures.Marks.RequestType));
    }

    [Fact]
    public void Only_an_agents_first_public_comment_is_a_response()
    {
        var figures = Fold(
            Opened(),
            new PublicCommentAdded(2, "Hello?", ByCustomer: true, []),
            new InternalNoteAdded(3, "Who?", []),
            new PublicCommentAdded(4, "Here.", ByCustomer: false, []),
            new PublicCommentAdded(5, "Still here.", ByCustomer: false, [])
        );

        Assert.Equal(At(3), figures.RespondedAt);
    }

    [Fact]
    public void An_event_counts_once_however_often_it_comes()
    {
        var property = Prop.ForAll(
            Histories.ToArbitrary(),
            history =>
            {
                var once = Fold(history);
                var twice = Recorded(history)
                    .SelectMany(one => new[] { one, one })
                    .Aggregate((TicketFigures?)null, (before, one) => TicketFigures.After(before, one));
                return once == twice;
            }
        );
        Check.One(Config.QuickThrowOnFailure, property);
    }

    [Fact]
    public void A_fold_goes_on_from_what_was_kept_of_it()
    {
        var property = Prop.ForAll(
            Histories.ToArbitrary(),
            Gen.Choose(1, 12).ToArbitrary(),
            (history, cut) =>
            {
                var recorded = Recorded(history);
                var first = recorded.Take(cut).Aggregate((TicketFigures?)null, (b, one) => TicketFigures.After(b, one));
                var kept = FiguresJson.Read(FiguresJson.Write(first!));
                var rest = recorded.Skip(cut).Aggregate((TicketFigures?)kept, (b, one) => TicketFigures.After(b, one));
                return rest == Fold(history);
            }
        );
        Check.One(Config.QuickThrowOnFailure, property);
    }

    [Fact]
    public void Stretches_follow_each_other_and_the_last_one_lasts_while_the_ticket_is_open()
    {
        var property = Prop.ForAll(
            Histories.ToArbitrary(),
            history =>
            {
                var figures = Fold(history);
                var stretches = figures.Stretches;
                return stretches.All(one => one.To is null || one.From < one.To)
                    && stretches.Zip(stretches.Skip(1)).All(pair => pair.First.To <= pair.Second.From)
                    && figures.IsOpen == (stretches.Count > 0 && stretches[^1].To is null)
                    && figures.IsOpen == figures.ResolvedAt is null;
            }
        );
        Check.One(Config.QuickThrowOnFailure, property);
    }

    private static Gen<TicketEvent[]> Histories =>
        Gen.OneOf(
                Gen.Elements(Enum.GetValues<StatusCategory>()).Select(category => (TicketEvent)Status(category)),
                Gen.Choose(0, 3)
                    .Select(agent => (TicketEvent)new TicketAssigned(agent == 0 ? null : new PersonId(agent), null)),
                Gen.Elements(Enum.GetValues<Priority>())
                    .Select(priority => (TicketEvent)new PriorityChanged(Priority.Medium, priority)),
                Gen.Elements(true, false)
                    .Select(customer => (TicketEvent)new PublicCommentAdded(1, "Words", customer, [])),
                Gen.Elements("printer", null).Select(requestType => (TicketEvent)Moved(requestType)),
                Gen.Constant((TicketEvent)new UnknownEvent("other.thing/1", "{}"))
            )
            .ArrayOf()
            .Select(events => (TicketEvent[])[Opened(), .. events.Take(40)]);

    private static TicketFigures Fold(params TicketEvent[] events) =>
        Recorded(events).Aggregate((TicketFigures?)null, (before, one) => TicketFigures.After(before, one))!;

    private static RecordedEvent[] Recorded(TicketEvent[] events) =>
        [
            .. events.Select(
                (happened, index) =>
                    new RecordedEvent(
                        new TicketId(1),
                        index + 1,
                        index + 1,
                        happened,
                        At(index),
                        Actor.System,
                        1,
                        Cause: null,
                        Depth: 0
                    )
            ),
        ];

    private static Instant At(int minutes) => Start + Duration.FromMinutes(minutes);

    private static TicketOpened Opened() =>
        new(
            new TicketId(1),
            new TicketKey("ITSD", 1),
            "incident",
            null,
            "Printer",
            "",
            "new",
            StatusCategory.New,
            Priority.Medium,
            new PersonId(1),
            null,
            null,
            null,
            ValueMap<FieldValue>.Empty,
            [],
            Channel.Portal,
            null
        );

    private static TicketMoved Moved(string? requestType) =>
        new(new TicketKey("ITSD", 1), new TicketKey("HR", 1), "task", "new", StatusCategory.New, Closes: false)
        {
            RequestType = requestType,
        };

    private static StatusChanged Status(StatusCategory category) =>
        new("go", "one", "two", category, Closes: false, Resolution: null);
}
