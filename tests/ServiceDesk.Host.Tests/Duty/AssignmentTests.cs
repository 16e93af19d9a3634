using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.History;
using ServiceDesk.Host.Reactions.Assigning;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Duty;

/// <summary>Tickets that are given to agents by themselves, on the real product.</summary>
public sealed class AssignmentTests
{
    [Theory]
    [OnBothDatabases]
    public async Task Tickets_go_to_who_has_least_to_do_and_the_history_says_why(DatabaseProvider provider)
    {
        await using var scene = await Scene.CreateAsync(provider);
        var first = await scene.OpenAsync();
        await scene.ReactAsync(first);
        // The same event again has no second effect.
        await scene.ReactAsync(first);
        var second = await scene.OpenAsync();
        await scene.ReactAsync(second);

        var events = await scene.Host.EventsAsync(first);
        Assert.Equal(
            [typeof(TicketAssigned), typeof(AssignmentDecided)],
            events.Skip(1).Select(e => e.Event.GetType())
        );
        Assert.Equal((scene.Ann.Id, scene.Team), await scene.WhoAsync(first));
        Assert.Equal((scene.Bob.Id, scene.Team), await scene.WhoAsync(second));
        Assert.Equal(
            "chose by “Second line”: Bob has the least open work (0) of 2 who could get it.",
            await scene.SayAsync(second)
        );
    }

    [Fact]
    public async Task What_comes_to_the_team_is_given_and_what_was_given_back_to_it_is_not()
    {
        await using var scene = await Scene.CreateAsync(query: "priority = critical");
        var ticket = await scene.OpenAsync();
        await scene.ReactAsync(ticket);
        Assert.Equal((null, null), await scene.WhoAsync(ticket));
        await scene.SendAsync(ticket, new SetPriority(Priority.Critical));

        await scene.SendAsync(ticket, new AssignTicket(null, scene.Team));
        await scene.ReactAsync(ticket);
        Assert.Equal((scene.Ann.Id, scene.Team), await scene.WhoAsync(ticket));

        await scene.SendAsync(ticket, new AssignTicket(null, scene.Team));
        var last = (await scene.Host.EventsAsync(ticket))[^1];
        await scene.Host.Get<AssignmentReaction>().ReactAsync(last, default);
        Assert.Equal((null, scene.Team), await scene.WhoAsync(ticket));
    }

    [Fact]
    public async Task Whoever_took_it_meanwhile_keeps_it()
    {
        await using var scene = await Scene.CreateAsync();
        var ticket = await scene.OpenAsync();
        await scene.SendAsync(ticket, new AssignTicket(scene.Bob.Id, null));

        await scene.ReactAsync(ticket);

        Assert.Equal((scene.Bob.Id, null), await scene.WhoAsync(ticket));
    }

    [Theory]
    [OnBothDatabases]
    public async Task At_night_nobody_gets_it_and_in_the_morning_who_is_there(DatabaseProvider provider)
    {
        await using var scene = await Scene.CreateAsync(provider);
        await scene.AtAsync(hour: 22);
        await scene.AbsentAsync(scene.Ann, days: 3);
        var ticket = await scene.OpenAsync();
        await scene.ReactAsync(ticket);
        Assert.Equal((null, scene.Team), await scene.WhoAsync(ticket));
        var said = await scene.SayAsync(ticket);
        Assert.StartsWith("found nobody for it by “Second line”. Ann is absent until", said, StringComparison.Ordinal);
        Assert.Contains("Bob works again", said, StringComparison.Ordinal);

        var retries = scene.Host.Get<AssignmentRetries>();
        Assert.Equal(0, await retries.RunDueAsync(default));
        await scene.AtAsync(hour: 33);
        // Two nodes look at the same moment.
        await using var other = await scene.Host.AnotherNodeAsync("node-2", scene.Configure);
        await Task.WhenAll(retries.RunDueAsync(default), other.Get<AssignmentRetries>().RunDueAsync(default));

        Assert.Equal((scene.Bob.Id, scene.Team), await scene.WhoAsync(ticket));
        Assert.Equal(2, (await scene.Host.EventsAsync(ticket)).Count(e => e.Event is AssignmentDecided));
        Assert.Equal(0, await retries.RunDueAsync(default));
    }

    [Theory]
    [OnBothDatabases]
    public async Task Two_nodes_that_answer_the_same_events_at_once_give_each_ticket_once(DatabaseProvider provider)
    {
        await using var scene = await Scene.CreateAsync(provider);
        await using var other = await scene.Host.AnotherNodeAsync("node-2", scene.Configure);
        var tickets = new List<TicketId>();
        for (var number = 0; number < 6; number++)
        {
            tickets.Add(await scene.OpenAsync());
        }

        await Task.WhenAll(
            tickets.SelectMany(ticket => new[] { scene.ReactAsync(ticket), Scene.ReactAsync(other, ticket) })
        );

        var given = new List<PersonId?>();
        foreach (var ticket in tickets)
        {
            var events = await scene.Host.EventsAsync(ticket);
            Assert.Single(events, e => e.Event is AssignmentDecided);
            given.Add(events.Select(e => e.Event).OfType<TicketAssigned>().Single().Assignee);
        }

        Assert.Equal(3, given.Count(person => person == scene.Ann.Id));
        Assert.Equal(3, given.Count(person => person == scene.Bob.Id));
    }

    private sealed class Scene(HostUnderTest host, Action<IServiceCollection> configure) : IAsyncDisposable
    {
        public HostUnderTest Host => host;

        public Action<IServiceCollection> Configure => configure;

        public required Person Ann { get; init; }

        public required Person Bob { get; init; }

        public required TeamId Team { get; init; }

        public static async Task<Scene> CreateAsync(
            DatabaseProvider provider = DatabaseProvider.Sqlite,
            string query = ""
        )
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
            var configuration = new TestConfiguration();
            configuration.Snapshot = ((ConfigurationSnapshot)configuration.Snapshot)
                .With(
                    new RoleDocument
                    {
                        Id = "agent",
                        Name = LocalizedText.Of("Agent"),
                        Permissions = [Permissions.WorkTickets],
                    }
                )
                .With(Office())
                .With(
                    new AssignmentDocument
                    {
                        Id = "second-line",
                        Name = LocalizedText.Of("Second line"),
                        Team = "Second line",
                        Query = query,
                    }
                );
            void Configure(IServiceCollection services) => services.AddSingleton<ICurrentConfiguration>(configuration);
            var host = await HostUnderTest.CreateAsync(provider, Configure);
            var people = host.Get<IPeopleStore>();
            var team = await people.CreateTeamAsync("Second line");
            await people.SetTeamWorkAsync(team.Id, null, "office");
            var scene = new Scene(host, Configure)
            {
                Ann = await people.CreateAsync(new NewPerson("Ann", "ann@example.test", "agent") { Teams = [team.Id] }),
                Bob = await people.CreateAsync(new NewPerson("Bob", "bob@example.test", "agent") { Teams = [team.Id] }),
                Team = team.Id,
            };
            await scene.AtAsync(hour: 10);
            return scene;
        }

        public async Task<TicketId> OpenAsync() => (await host.OpenAsync()).State.Id;

        public async Task<(PersonId?, TeamId?)> WhoAsync(TicketId ticket)
        {
            var state = (await host.Grains.GetAsync(ticket))!.State;
            return (state.Assignee, state.Team);
        }

        public async Task SendAsync(TicketId ticket, TicketCommand command)
        {
            var actor = new Actor(ActorKind.Plugin, Name: "test");
            var answer = await host.Grains.SendAsync(ticket, new CommandEnvelope(command, actor));
            Assert.True(answer.IsAccepted, answer.Refusals.ToString());
        }

        public Task ReactAsync(TicketId ticket) => ReactAsync(host, ticket);

        /// <summary>Gives the reaction every event of the ticket again.</summary>
        public static async Task ReactAsync(HostUnderTest node, TicketId ticket)
        {
            foreach (var recorded in await node.EventsAsync(ticket))
            {
                await node.Get<AssignmentReaction>().ReactAsync(recorded, default);
            }
        }

        /// <summary>The last sentence of the history about a choice.</summary>
        public async Task<string> SayAsync(TicketId ticket)
        {
            var events = (await host.EventsAsync(ticket)).Where(e => e.Event is AssignmentDecided).ToList();
            var (people, teams) = EventSentences.Mentioned(events);
            var names = await host.Get<IPeopleStore>().FindAsync(people);
            using var request = host.Services.CreateScope();
            return request
                .ServiceProvider.GetRequiredService<EventSentences>()
                .Write(
                    events,
                    (await host.Grains.GetAsync(ticket))!.State,
                    host.Get<ICurrentConfiguration>().Snapshot,
                    new HistoryNames(
                        names.ToDictionary(one => one.Key, one => one.Value.Name),
                        teams.ToDictionary(id => id, id => id.ToString())
                    )
                )[^1]
                .Sentence;
        }

        /// <summary>Moves the time on to an hour of the day on which the scene began, in UTC.</summary>
        public Task AtAsync(int hour)
        {
            var now = host.Get<IClock>().GetCurrentInstant();
            begin ??= now.InUtc().Date.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant() + Duration.FromDays(1);
            host.Time.Advance(begin.Value + Duration.FromHours(hour) - now);
            return Task.CompletedTask;
        }

        public async Task AbsentAsync(Person person, int days)
        {
            var today = host.Get<IClock>().GetCurrentInstant().InUtc().Date;
            await host.Get<IPeopleStore>().AddAbsenceAsync(new Absence(0, person.Id, today, today.PlusDays(days)));
        }

        public ValueTask DisposeAsync() => host.DisposeAsync();

        private Instant? begin;

        private static CalendarDocument Office() =>
            new()
            {
                Id = "office",
                Name = LocalizedText.Of("Office"),
                Zone = "Etc/UTC",
                Hours = ValueMap<ValueList<WorkSpan>>.From(
                    new[] { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" }.Select(day =>
                        KeyValuePair.Create<string, ValueList<WorkSpan>>(day, [new WorkSpan("09:00", "18:00")])
                    )
                ),
            };
    }
}
