using NodaTime;
using ServiceDesk.Core.Sla.Accounts;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Sla;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Sla;

public sealed class TicketLivesTests
{
    private static readonly Instant Opened = Instant.FromUtc(2026, 3, 2, 9, 0);

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Lives_are_read_page_by_page_whole_and_of_the_desks_asked_for_alone(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var (tickets, lives) = (database.Get<ITicketStore>(), database.Get<ITicketLives>());
        var opened = new List<TestTicket>();
        foreach (var desk in new[] { "ITSD", "HR", "ITSD", "ITSD" })
        {
            opened.Add(await TestTicket.OpenAsync(tickets, desk));
            await opened[^1].SendAsync(tickets, opened[^1].Comment("Still on fire"));
            await opened[^1].SendAsync(tickets, opened[^1].Note("확인 중"));
        }

        var question = new LivesQuestion(["ITSD"], Opened);
        var first = await lives.ReadAsync(question, default, 2, default);
        var rest = await lives.ReadAsync(question, first[^1].Ticket, 2, default);

        Assert.Equal(3, await lives.CountAsync(question, default));
        Assert.Equal(
            [opened[0].State.Id, opened[2].State.Id, opened[3].State.Id],
            first.Concat(rest).Select(life => life.Ticket)
        );
        Assert.All(first.Concat(rest), life => Assert.Equal([1L, 2, 3], life.Rows.Select(row => row.Version)));
        Assert.Empty(await lives.ReadAsync(question, rest[^1].Ticket, 2, default));
        Assert.Equal(
            0,
            await lives.CountAsync(question with { OpenedSince = Opened + Duration.FromTicks(1) }, default)
        );
        Assert.Equal(0, await lives.CountAsync(question with { Desks = [] }, default));
        var changed = await lives.ChangedAsync(["ITSD", "HR"], Opened + Duration.FromMinutes(2), 3, default);
        Assert.Equal([opened[3].State.Id, opened[2].State.Id, opened[1].State.Id], changed.Select(one => one.Ticket));
        Assert.All(changed, life => Assert.Equal(3, life.Rows.Count));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Tickets_with_a_clock_that_goes_on_are_found_once_each(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var (tickets, lives) = (database.Get<ITicketStore>(), database.Get<ITicketLives>());
        var opened = new List<TestTicket>();
        foreach (
            var clocks in new ClockStatus[][]
            {
                [ClockStatus.Running, ClockStatus.Paused],
                [ClockStatus.Stopped],
                [],
                [ClockStatus.Stopped, ClockStatus.Paused],
            }
        )
        {
            var ticket = await TestTicket.OpenAsync(tickets);
            ticket.Clocks = [.. clocks.Select(Clock)];
            await ticket.SendAsync(tickets, ticket.Note("clocks"));
            opened.Add(ticket);
        }

        var found = await lives.LiveAsync(default, 10, default);

        Assert.Equal([opened[0].State.Id, opened[3].State.Id], found.Select(one => one.Ticket));
        Assert.Equal(2, await lives.CountLiveAsync(default));
        Assert.Equal(
            [opened[3].State.Id],
            (await lives.LiveAsync(opened[0].State.Id, 10, default)).Select(t => t.Ticket)
        );
        Assert.Empty(await lives.LiveAsync(opened[3].State.Id, 10, default));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Tickets_whose_clocks_count_by_a_policy_or_calendar_are_found_once_each_in_order(
        DatabaseProvider provider
    )
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var (promises, lives) = (database.Get<IPromiseStore>(), database.Get<ITicketLives>());
        await promises.KeepAsync(
            [
                Promised(9, Clock(ClockStatus.Running, 1), Clock(ClockStatus.Paused, 2)),
                Promised(3, Clock(ClockStatus.Paused, 1)),
                Promised(5, Clock(ClockStatus.Running, 1) with { Policy = new DocumentVersion("other", 4) }),
                Promised(6, Clock(ClockStatus.Stopped, 1)),
                Promised(7, Clock(ClockStatus.Running, 1) with { Calendar = new DocumentVersion("office", 1) }),
            ],
            default
        );

        Assert.Equal([3, 7, 9], await FoundAsync(DocumentKinds.SlaPolicy, "incident"));
        Assert.Equal([3, 5, 9], await FoundAsync(DocumentKinds.Calendar, "24x7"));
        Assert.Equal([7, 9], await FoundAsync(DocumentKinds.SlaPolicy, "incident", after: 3));
        Assert.Equal([3, 7], await FoundAsync(DocumentKinds.SlaPolicy, "incident", limit: 2));
        Assert.Empty(await FoundAsync(DocumentKinds.Calendar, "incident"));

        async Task<IEnumerable<long>> FoundAsync(string kind, string document, long after = 0, int limit = 10) =>
            (await lives.CountedByAsync(kind, document, new TicketId(after), limit, default)).Select(id => id.Value);

        static TicketPromises Promised(long ticket, params SlaClock[] clocks) =>
            new(
                new TicketId(ticket),
                [
                    .. clocks.Select(clock => new ClockAccount(
                        clock,
                        AgreementType.Sla,
                        null,
                        null,
                        null,
                        Duration.Zero,
                        Duration.Zero,
                        []
                    )),
                ],
                []
            );
    }

    private static SlaClock Clock(ClockStatus status, int number) =>
        new()
        {
            Policy = new DocumentVersion("incident", 1),
            Metric = $"metric-{number}",
            Cycle = 1,
            Goal = 0,
            Target = Duration.FromHours(8),
            Calendar = new DocumentVersion("24x7", 1),
            Status = status,
            Verdict = status == ClockStatus.Stopped ? ClockVerdict.Met : ClockVerdict.Open,
            StartedAt = Opened,
            Since = Opened,
            Elapsed = Duration.Zero,
            DueAt = status == ClockStatus.Running ? Opened + Duration.FromHours(8) : null,
            Marks = [],
        };
}
