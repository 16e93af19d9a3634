using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ServiceDesk.Host.Plugins;
using ServiceDesk.Host.Queries.Searching;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Tests.Pages;

/// <summary>Sources of the search that are the product's own and give no answer.</summary>
[Collection(CompanyTests.Name)]
public class SearchGroupsTests(SmallCompany company)
{
    private readonly TimersByHand time = new();

    [Fact]
    public async Task A_source_of_the_product_that_fails_is_missing_alone()
    {
        foreach (var problem in (Exception[])[new InvalidOperationException(), new StorageUnavailableException("gone")])
        {
            var found = await FindAsync(_ => throw problem);

            Assert.True(found.Single(group => group.Source.Id == "people").IsMissing);
            Assert.False(found.Single(group => group.Source.Id == "organizations").IsMissing);
        }
    }

    [Fact]
    public async Task A_source_that_is_too_slow_is_missing_and_what_it_does_is_cancelled()
    {
        CancellationToken given = default;
        var asked = FindAsync(async token =>
        {
            given = token;
            // Does not listen.
            return await new TaskCompletionSource<IReadOnlyList<SearchHit>>().Task;
        });

        Assert.False(given.IsCancellationRequested);
        time.Pass();

        Assert.True((await asked).Single(group => group.Source.Id == "people").IsMissing);
        Assert.True(given.IsCancellationRequested);
    }

    [Fact]
    public async Task The_end_of_the_request_ends_the_search()
    {
        using var request = new CancellationTokenSource();
        var asked = FindAsync(
            async token =>
            {
                await Task.Delay(Timeout.Infinite, token);
                return [];
            },
            request.Token
        );

        await request.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    private async Task<IReadOnlyList<FoundGroup>> FindAsync(
        Func<CancellationToken, ValueTask<IReadOnlyList<SearchHit>>> people,
        CancellationToken cancellation = default
    )
    {
        var groups = new SearchGroups(
            company.Get<PluginCatalog>(),
            new Sources(company.App.Services, new Source(people)),
            time,
            NullLogger<SearchGroups>.Instance
        );
        var viewer = new Viewer(company.Agent, [Permissions.WorkTickets], ["ITSD"], [], [], []);
        return await groups.FindAsync(viewer, ["zebra"], 10, inPortal: false, cancellation);
    }

    private sealed class Source(Func<CancellationToken, ValueTask<IReadOnlyList<SearchHit>>> find) : ISearchSource
    {
        public ValueTask<IReadOnlyList<SearchHit>> FindAsync(SearchQuestion question, CancellationToken cancellation) =>
            find(cancellation);
    }

    /// <summary>The services of the server, but for the source of people.</summary>
    private sealed class Sources(IServiceProvider services, ISearchSource people)
        : IServiceScopeFactory,
            IServiceScope,
            IServiceProvider
    {
        public IServiceProvider ServiceProvider => this;

        public IServiceScope CreateScope() => this;

        public object? GetService(Type serviceType) =>
            serviceType == typeof(PeopleSource) ? people : services.GetService(serviceType);

        public void Dispose() { }
    }

    /// <summary>Timers that run out when the test says so.</summary>
    private sealed class TimersByHand : TimeProvider
    {
        private readonly List<Action> due = [];

        public void Pass() => due.ToList().ForEach(run => run());

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            due.Add(() => callback(state));
            return new Timer();
        }

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose() { }

            public ValueTask DisposeAsync() => default;
        }
    }
}
