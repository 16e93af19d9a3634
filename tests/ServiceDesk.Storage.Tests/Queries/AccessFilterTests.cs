using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Queries;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Queries;

/// <summary>Four organizations, two desks, every role: what each sees of the others, by every way of asking.</summary>
public sealed class AccessFilterTests
{
    private static readonly string[] Desks = ["OPEN", "SHUT"];

    private static readonly IConfiguration Configuration = ConfigurationSnapshot.Of(
        1,
        Desks.Select(key => new DeskDocument { Id = key, Name = LocalizedText.Of(key) })
    );

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    [OnSqlServer]
    public async Task Every_way_of_asking_shows_exactly_what_the_rule_of_access_allows(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var tickets = await OpenAsync(database.Get<ITicketStore>());
        var queries = new TicketQueries(
            database.Database,
            new QueryLanguage(TicketExtensions.None, NoNames.Instance),
            database.Get<SnapshotJson>(),
            () => Configuration,
            database.Clock
        );

        foreach (var viewer in Viewers())
        {
            var allowed = tickets
                .Where(ticket => TicketAccess.MaySee(viewer, ticket))
                .Select(ticket => ticket.Key)
                .ToHashSet();
            Assert.InRange(allowed.Count, viewer.Person.Id.Value is 63 or 99 ? 0 : 1, tickets.Count);
            await SeesExactlyAsync(queries, viewer, allowed, tickets);
            await FindsByWordsWhatItReadsAsync(queries, viewer, tickets);
        }
    }

    private static async Task SeesExactlyAsync(
        TicketQueries queries,
        Viewer viewer,
        HashSet<TicketKey> allowed,
        IReadOnlyList<TicketState> tickets
    )
    {
        foreach (
            var query in (string[])
                [
                    "",
                    "summary ~ canary",
                    "sharedWith IS EMPTY OR sharedWith IS NOT EMPTY",
                    "created > 2000-01-01",
                    "NOT summary ~ nothing",
                    "key != OPEN-99",
                ]
        )
        {
            var found = await queries.FindAsync(viewer, query, 200, null);
            var listed = await queries.ListAsync(viewer, query, 200, null);

            Assert.Equal(allowed, found.Items.Select(ticket => ticket.State.Key).ToHashSet());
            Assert.Equal(allowed, listed.Items.Select(ticket => ticket.Key).ToHashSet());
            Assert.Equal(allowed.Count, await queries.CountAsync(viewer, query));
        }

        foreach (var ticket in tickets)
        {
            Assert.Equal(allowed.Contains(ticket.Key), await queries.FindByKeyAsync(viewer, ticket.Key) is not null);
        }
    }

    /// <summary>Who is only asked for an approval does not find the ticket by words that people wrote to each other, by who takes part or by how much is written, in no turn of a query.</summary>
    private static async Task FindsByWordsWhatItReadsAsync(
        TicketQueries queries,
        Viewer viewer,
        IReadOnlyList<TicketState> tickets
    )
    {
        var read = tickets
            .Where(ticket => TicketAccess.MayRead(viewer, ticket))
            .Select(ticket => ticket.Key)
            .ToHashSet();
        foreach (
            var query in (string[])
                [
                    "text ~ canary",
                    "NOT text ~ nothing",
                    "created > 2000-01-01 AND (desk = SHUT OR text ~ canary)",
                    "commentCount = 0",
                    "NOT commentCount > 5",
                    "commentCount IS NOT EMPTY",
                    "participant IS EMPTY OR participant IS NOT EMPTY",
                    "NOT (participant = currentUser() AND participant != currentUser())",
                    "created > 2000-01-01 ORDER BY commentCount",
                    "ORDER BY created, commentCount DESC",
                ]
        )
        {
            var found = await queries.FindAsync(viewer, query, 200, null);
            Assert.True(read.SetEquals(found.Items.Select(ticket => ticket.State.Key)), $"{viewer.Person.Id}: {query}");
            Assert.Equal(read.Count, await queries.CountAsync(viewer, query));
        }

        var mentions = await queries.CountAllAsync(viewer, [.. tickets.Select(ticket => $"text ~ canary{ticket.Id}x")]);
        var secrets = await queries.CountAllAsync(viewer, [.. tickets.Select(ticket => $"text ~ secret{ticket.Id}x")]);
        Assert.Equal(tickets.Select(ticket => read.Contains(ticket.Key) ? 1 : 0), mentions.Select(one => one.Count));
        Assert.Equal(tickets.Select(ticket => viewer.WorksOn(ticket.Desk) ? 1 : 0), secrets.Select(one => one.Count));
    }

    /// <summary>Two requesters in each of four organizations on both desks, some with a participant of another organization.</summary>
    private static async Task<IReadOnlyList<TicketState>> OpenAsync(ITicketStore store)
    {
        var tickets = new List<TicketState>();
        foreach (var desk in Desks)
        {
            for (var organization = 1; organization <= 4; organization++)
            {
                for (var person = 1; person <= 2; person++)
                {
                    tickets.Add(await OpenAsync(store, desk, organization, (organization * 10) + person));
                }
            }
        }

        return tickets;
    }

    private static async Task<TicketState> OpenAsync(ITicketStore store, string desk, long organization, long requester)
    {
        var (ticket, opening) = await TestTicket.NewAsync(store, desk);
        var at = Instant.FromUtc(2026, 3, 2, 9, 0);
        var state = ticket.State with
        {
            Summary = $"A canary{ticket.State.Id}x sings",
            Requester = new PersonId(requester),
            Organization = new OrganizationId(organization),
            // One is kept from its own house, one was so before the house became its own, and houses that do not share get one from another.
            IsPrivate = requester is 12 or 22,
            SharedWith = organization switch
            {
                2 when requester == 22 => [new OrganizationId(2), new OrganizationId(4)],
                2 => [new OrganizationId(4), new OrganizationId(1)],
                3 => [new OrganizationId(1)],
                _ => [],
            },
            Participants = requester % 2 == 0 ? [new PersonId((organization % 4 * 10) + 11)] : [],
            Approvals = Approvals(organization, requester, at),
            Version = 2,
        };
        var events = new TicketEvent[]
        {
            opening.Events[0].Event,
            new InternalNoteAdded(2, $"secret{state.Id}x of the agents", []),
        };
        var outcome = await store.CommitAsync(
            new TicketCommit
            {
                ExpectedVersion = 0,
                After = new TicketSnapshot(state, []),
                Events = events
                    .Select(
                        (one, place) => new RecordedEvent(state.Id, place + 1, 0, one, at, Actor.System, 1, null, 0)
                    )
                    .ToValueList(),
                Timers = [],
            },
            CancellationToken.None
        );
        Assert.Equal(CommitStatus.Committed, outcome.Status);
        return state;
    }

    /// <summary>One that is asked, of people elsewhere; one that ended with an answer; one that ended without.</summary>
    private static ValueList<Approval> Approvals(long organization, long requester, Instant at)
    {
        var (asked, answered, forgotten) = (new PersonId(61), new PersonId(62), new PersonId(63));
        var pending = new Approval
        {
            Id = 5,
            Title = LocalizedText.Of("May we?"),
            Steps = [new ApprovalStep([asked], 1, null), new ApprovalStep([forgotten], 1, null)],
            RequestedAt = at,
        };
        var ended = new Approval
        {
            Id = 6,
            Title = LocalizedText.Of("Might we?"),
            Steps = [new ApprovalStep([answered, forgotten], 1, null)],
            Answers = [new ApprovalAnswer(answered, [0], true, null, at)],
            State = ApprovalState.Approved,
            RequestedAt = at,
            EndedAt = at,
        };
        return (organization, requester % 2) switch
        {
            (1, 0) => [pending],
            (2, 0) => [ended],
            (3, 0) => [ended, pending],
            _ => [],
        };
    }

    private static IEnumerable<Viewer> Viewers()
    {
        yield return Viewer(1, [], Desks, shares: false);
        yield return Viewer(2, [], ["OPEN"], shares: false);
        yield return Viewer(11, [1], ["SHUT"], shares: true);
        yield return Viewer(99, [], [], shares: false);
        yield return Viewer(61, [], [], shares: false);
        yield return Viewer(62, [], [], shares: false);
        yield return Viewer(63, [], [], shares: false);
        for (var organization = 1; organization <= 4; organization++)
        {
            yield return Viewer((organization * 10) + 1, [organization], [], shares: organization <= 2);
            yield return Viewer((organization * 10) + 2, [organization], [], shares: organization <= 2);
        }

        yield return Viewer(41, [3, 4], [], shares: true);
    }

    private static Viewer Viewer(long id, long[] organizations, string[] desks, bool shares)
    {
        var own = organizations.Select(one => new OrganizationId(one)).ToValueList();
        var person = new Person(new PersonId(id), $"P{id}", "", "customer", "ko", "Asia/Seoul", own, [], true);
        return new Viewer(person, [], desks.ToValueList(), Desks.ToValueList(), shares ? own : [], ["OPEN"]);
    }
}
