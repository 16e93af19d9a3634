using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Plugins;
using ServiceDesk.Host.Plugins.Isolation;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Tests.Plugins;

public sealed class IsolationTests : IDisposable
{
    private readonly PluginYard yard = new("throws-in-handler");
    private readonly InstalledPlugin plugin;
    private readonly TicketExtensions extensions;

    public IsolationTests()
    {
        var catalog = yard.Load();
        plugin = catalog.Find("throws-in-handler")!;
        extensions = catalog.Extensions;
    }

    public void Dispose() => yard.Dispose();

    [Fact]
    public void It_loads_in_spite_of_what_it_will_do() => Assert.Equal(PluginLoadState.Loaded, plugin.State);

    [Fact]
    public void A_check_that_throws_refuses_people_by_name_and_is_counted()
    {
        var refusal = Assert.Single(Check(Actor.Of(new PersonId(3))));

        Assert.Equal("plugins.refusal.check-failed", refusal.Code);
        Assert.Equal("Throws in handlers", refusal.Arguments[0]);
        var health = Assert.Single(plugin.Health.Handlers);
        Assert.Equal(("policy ThrowingPolicy", 1L), (health.Handler, health.Failures));
        Assert.Contains("Planned failure in the check.", health.LastError!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ActorKind.System)]
    [InlineData(ActorKind.Import)]
    public void A_check_that_throws_holds_up_no_timer_and_no_import(ActorKind kind)
    {
        Assert.Empty(Check(new Actor(kind)));
        Assert.Equal(1, plugin.Health.Failures);
    }

    [Fact]
    public void What_should_follow_is_left_out_when_it_throws()
    {
        var ticket = Tickets.Any with { Summary = "follow" };

        Assert.Empty(extensions.Policies[0].Follow(null, ticket, [], Context(Actor.System)));
        Assert.Equal(1, plugin.Health.Failures);
    }

    [Fact]
    public void A_facet_that_throws_stays_as_it_was()
    {
        var facet = extensions.Facets["throws-in-handler"];
        var before = facet.Evolve(null, Tickets.Recorded(new TextEdited("calm", null)), Tickets.Any);

        Assert.NotNull(before);
        Assert.Equal(before, facet.Evolve(before, Tickets.Recorded(new TextEdited("facet", null)), Tickets.Any));
        Assert.Equal(1, plugin.Health.Failures);
    }

    [Fact]
    public void A_timer_that_always_throws_is_no_longer_derived_after_five_failures()
    {
        var facet = extensions.Facets["throws-in-handler"];
        var state = facet.Evolve(null, Tickets.Recorded(new TextEdited("calm", null)), Tickets.Any)!;
        var ticket = Tickets.Any with { Summary = "timer" };
        var timer = Assert.Single(facet.Timers(ticket, state));

        for (var i = 0; i < PluginHealth.PausesAfter; i++)
        {
            Assert.Empty(facet.OnTimer(ticket, state, timer));
        }

        Assert.Empty(facet.Timers(ticket, state));
        plugin.Health.Resume("timers of facet throws-in-handler");
        Assert.Single(facet.Timers(ticket, state));
    }

    [Fact]
    public void An_outage_of_the_database_is_told_of_and_lets_no_handler_rest()
    {
        for (var i = 0; i <= PluginHealth.PausesAfter; i++)
        {
            plugin.Health.Count("job nightly", new StorageUnavailableException("out of reach"));
        }

        var health = Assert.Single(plugin.Health.Handlers);
        Assert.Equal((PluginHealth.PausesAfter + 1L, 0), (health.Failures, health.InARow));
        Assert.Contains("out of reach", health.LastError, StringComparison.Ordinal);
        Assert.False(plugin.Health.IsPaused("job nightly"));
    }

    [Fact]
    public void A_command_that_throws_is_refused_by_name()
    {
        var (type, decide) = Assert.Single(extensions.Deciders);
        var command = (TicketCommand)Activator.CreateInstance(type)!;

        var decision = decide(Tickets.Any, command, Context(Actor.Of(new PersonId(3))));

        Assert.Equal("plugins.refusal.command-failed", Assert.Single(decision.Refusals).Code);
    }

    [Fact]
    public void A_query_field_that_throws_is_empty()
    {
        Assert.Null(Assert.Single(extensions.QueryFields).Read(Tickets.Any));
        Assert.Equal(1, plugin.Health.Failures);
    }

    [Fact]
    public void A_plugin_that_is_switched_off_is_asked_no_more_but_goes_on_folding()
    {
        plugin.Health.IsSwitchedOff = true;

        Assert.Empty(Check(Actor.Of(new PersonId(3))));
        Assert.NotNull(
            extensions.Facets["throws-in-handler"].Evolve(null, Tickets.Recorded(new TextEdited("calm", null)), null)
        );
        Assert.Equal(0, plugin.Health.Failures);
    }

    private IEnumerable<Refusal> Check(Actor actor) =>
        extensions.Policies[0].Check(null, Tickets.Any with { Summary = "check" }, [], Context(actor));

    private static DecisionContext Context(Actor actor) =>
        new(
            Instant.FromUtc(2026, 3, 2, 9, 0),
            new CommandEnvelope(new WatchTicket(new PersonId(3), true), actor),
            ConfigurationSnapshot.Empty
        );
}
