using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Queries;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Queries;

public sealed class OwnQueuesTests(Databases databases) : IClassFixture<Databases>
{
    private static readonly TeamId Network = new(501);

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_queue_is_seen_by_its_maker_or_its_team_and_by_nobody_else(DatabaseProvider provider)
    {
        var queues = (await databases.GetAsync(provider)).Get<IOwnQueues>();
        var (maker, mate, stranger) = (Somebody(601, Network), Somebody(602, Network), Somebody(603));
        var mine = await AddAsync(queues, maker, "내 급한 일");
        var shared = await AddAsync(queues, maker, "Shared", Network);

        Assert.Equal(["내 급한 일", "Shared"], await NamesAsync(queues, maker));
        Assert.Equal(["Shared"], await NamesAsync(queues, mate));
        Assert.Empty(await NamesAsync(queues, stranger));
        Assert.Null(await queues.FindAsync(mate, mine));
        Assert.Equal(maker.Id, (await queues.FindAsync(mate, shared))?.Owner);
        // Who left the team has it no longer, although it is one's own work: the team keeps it.
        Assert.Null(await queues.FindAsync(maker with { Teams = [] }, shared));

        var text = new OwnQueueText("Renamed", "priority = high", null, "status", 25)
        {
            Columns = ["key", "field:site", "sla:time-to-resolution"],
        };
        Assert.Equal(OwnQueueChange.Changed, await queues.ChangeAsync(shared, text, version: 0));
        // Who saw it as it was before changes nothing.
        Assert.Equal(OwnQueueChange.Stale, await queues.ChangeAsync(shared, text with { Name = "Late" }, version: 0));
        var changed = await queues.FindAsync(maker, shared);
        Assert.Equal((text, 1), (changed?.Text, changed?.Version));
        Assert.Empty(await NamesAsync(queues, mate));

        await queues.RemoveAsync(shared);
        Assert.Equal(OwnQueueChange.Gone, await queues.ChangeAsync(shared, text));
        Assert.Equal(["내 급한 일"], await NamesAsync(queues, maker));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task They_change_places_among_their_own_and_no_person_has_more_than_the_most(DatabaseProvider provider)
    {
        var queues = (await databases.GetAsync(provider)).Get<IOwnQueues>();
        var (maker, other) = (Somebody(611), Somebody(612));
        var ids = new List<long>();
        foreach (var name in (string[])["a", "b", "c"])
        {
            ids.Add(await AddAsync(queues, maker, name));
            await AddAsync(queues, other, name);
        }

        await queues.MoveAsync(ids[2], up: true);
        Assert.Equal(["a", "c", "b"], await NamesAsync(queues, maker));
        await queues.MoveAsync(ids[0], up: true);
        await queues.MoveAsync(ids[0], up: false);
        Assert.Equal(["c", "a", "b"], await NamesAsync(queues, maker));
        Assert.Equal(["a", "b", "c"], await NamesAsync(queues, other));

        for (var more = 3; more < IOwnQueues.Most; more++)
        {
            await AddAsync(queues, maker, $"{more}");
        }

        Assert.Null(await queues.AddAsync(maker.Id, new OwnQueueText("One more", "", null, null, null)));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Moving_one_while_it_is_changed_loses_neither(DatabaseProvider provider)
    {
        var queues = (await databases.GetAsync(provider)).Get<IOwnQueues>();
        var maker = Somebody(621);
        var ids = new[] { await AddAsync(queues, maker, "a"), await AddAsync(queues, maker, "b") };

        await Task.WhenAll(
            Enumerable
                .Range(0, 30)
                .SelectMany(number =>
                    new Task[]
                    {
                        Task.Run(() => queues.MoveAsync(ids[0], up: number % 2 == 0)),
                        Task.Run(() => queues.MoveAsync(ids[1], up: number % 3 == 0)),
                        Task.Run(() =>
                            queues.ChangeAsync(ids[1], new OwnQueueText($"b{number}", "", null, null, null))
                        ),
                    }
                )
        );

        var names = await NamesAsync(queues, maker);
        Assert.Equal(["a", "b"], names.Select(name => name[..1]).Order(StringComparer.Ordinal));
    }

    private static async Task<long> AddAsync(IOwnQueues queues, Person maker, string name, TeamId? team = null)
    {
        var id = await queues.AddAsync(maker.Id, new OwnQueueText(name, "category != done", team, null, null));
        Assert.NotNull(id);
        return id.Value;
    }

    private static async Task<IEnumerable<string>> NamesAsync(IOwnQueues queues, Person person) =>
        (await queues.SeenByAsync(person)).Select(queue => queue.Text.Name);

    private static Person Somebody(long id, params TeamId[] teams) =>
        new(new PersonId(id), $"Person {id}", "", "agent", "en", "UTC", [], [.. teams], true);
}
