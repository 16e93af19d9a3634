using NodaTime;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tests.Tickets;

public class ImportTests
{
    private static readonly Instant Then = Instant.FromUtc(2016, 2, 29, 1, 16);

    private readonly Bench bench = new();

    public ImportTests() =>
        bench.Accept(
            Bench.ByImporter(
                Bench.Opening() with
                {
                    ExternalId = "INC0000045",
                    Channel = Channel.Import,
                    History = new MarkImported("servicenow", Bench.Start),
                },
                Then
            )
        );

    [Fact]
    public void History_happens_when_it_happened()
    {
        bench.Accept(Bench.ByImporter(new SetPriority(Priority.High), Then + Duration.FromHours(2)));

        Assert.Equal((Then, Then + Duration.FromHours(2)), (bench.Ticket.CreatedAt, bench.Ticket.UpdatedAt));
        Assert.Equal("INC0000045", bench.Ticket.ExternalId);
    }

    [Fact]
    public void History_is_in_order_and_not_in_the_future_and_only_importers_date_it()
    {
        var back = Bench.ByImporter(new SetPriority(Priority.High), Then - Duration.FromHours(1));
        var future = Bench.ByImporter(new SetPriority(Priority.High), Bench.Start + Duration.FromHours(1));
        var agent = Bench.By(Company.Alice, new SetPriority(Priority.High)) with { At = Then };

        Assert.Equal(RefusalCodes.ImportOutOfOrder, bench.Refuse(back).Code);
        Assert.Equal(RefusalCodes.ImportInFuture, bench.Refuse(future).Code);
        Assert.Equal(
            RefusalCodes.ImportInFuture,
            bench.Refuse(Bench.ByImporter(new MarkImported("x", Bench.Start + Duration.FromHours(1)), Then)).Code
        );
        Assert.Equal(RefusalCodes.ImportersOnly, bench.Refuse(agent).Code);
    }

    [Fact]
    public void Breaches_in_history_stand_in_the_record_at_the_instant_they_were_due()
    {
        bench.Accept(Bench.ByImporter(Bench.To("in-progress"), Then + Duration.FromHours(30)));

        var breach = bench.Log.Single(recorded => recorded.Event is SlaBreached);
        Assert.Equal(Then + Duration.FromHours(8), breach.At);
        Assert.Equal(Actor.System, breach.Actor);
        Assert.Equal([1L, 2, 3, 4, 5], bench.Log.Select(recorded => recorded.Version));
    }

    [Fact]
    public void No_timer_in_history_acts()
    {
        bench.Accept(Bench.ByImporter(Bench.To("resolved"), Then + Duration.FromHours(2)));
        bench.Accept(Bench.ByImporter(new SetPriority(Priority.Low), Then + Duration.FromDays(30)));
        bench.Hours(1).Accept(Bench.ByProduct(new SetPriority(Priority.High)));

        Assert.Equal("resolved", bench.Ticket.Status);
        Assert.DoesNotContain(
            bench
                .Engine.Step(
                    bench.Snapshot,
                    Bench.ByProduct(new SetPriority(Priority.High)),
                    bench.Configuration,
                    bench.Now,
                    null,
                    bench.Facts
                )
                .Timers,
            timer => timer.Key == TicketEngine.AutoCloseTimer
        );
    }

    [Fact]
    public void Instants_are_set_to_what_the_other_system_says()
    {
        bench.Accept(Bench.ByImporter(Bench.To("resolved"), Then + Duration.FromHours(2)));
        bench.Accept(Bench.ByImporter(Bench.To("closed"), Then + Duration.FromHours(3)));
        var wanted = new CorrectDates(Then, Then + Duration.FromHours(1), Then + Duration.FromHours(4));
        bench.Accept(Bench.ByImporter(wanted, Then + Duration.FromHours(3)));

        Assert.Equal(
            (wanted.CreatedAt, wanted.ResolvedAt, wanted.ClosedAt),
            (bench.Ticket.CreatedAt, bench.Ticket.ResolvedAt, bench.Ticket.ClosedAt)
        );
        Assert.Empty(bench.Accept(Bench.ByImporter(wanted, Then + Duration.FromHours(3))));

        bench.Accept(Bench.ByImporter(wanted with { ResolvedAt = null }, Then + Duration.FromHours(3)));
        Assert.Null(bench.Ticket.ResolvedAt);
    }

    [Fact]
    public void Only_what_is_done_was_resolved_and_only_importers_correct_instants()
    {
        Assert.Equal(
            RefusalCodes.DatesNotPossible,
            bench.Refuse(Bench.ByImporter(new CorrectDates(Then, Then, null), Then)).Code
        );
        var incident = Bench.WithIncident();
        Assert.Equal(
            RefusalCodes.ImportersOnly,
            incident.Refuse(Company.Alice, new CorrectDates(Then, null, null)).Code
        );
        Assert.Equal(RefusalCodes.ImportersOnly, incident.Refuse(Company.Alice, new MarkImported("x", Then)).Code);
    }

    [Fact]
    public void An_import_brings_people_who_are_gone()
    {
        var old = new Bench();
        old.Accept(Bench.ByImporter(Bench.Opening(requester: Company.Gone) with { Assignee = Company.Retired.Id }));

        Assert.Equal((Company.Gone.Id, Company.Retired.Id), (old.Ticket.Requester, old.Ticket.Assignee!.Value));
    }

    [Fact]
    public void An_earlier_end_of_history_changes_nothing()
    {
        Assert.Empty(bench.Accept(Bench.ByImporter(new MarkImported("servicenow", Then), Then)));
    }
}
