using NodaTime;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Sla;

/// <summary>Times agreed between teams that do not fit into what customers were promised.</summary>
/// <param name="Policy">The customers' policy.</param>
/// <param name="Metric">Its metric.</param>
/// <param name="Goal">Its goal.</param>
/// <param name="Stages">What each team may take, one after another.</param>
/// <param name="Fit">From which starts they do not fit.</param>
public sealed record AgreementWarning(
    SlaPolicyDocument Policy,
    SlaMetric Metric,
    SlaGoal Goal,
    IReadOnlyList<AgreedTime> Stages,
    AgreementFit Fit
);

/// <summary>
/// Looks for OLAs that together do not fit into their SLA: of a ticket of each desk, type and priority, and of whatever else the
/// queries of the policies and goals choose by, the goal that customers are promised, and the goals of the teams that the OLA
/// names, each once; of an OLA that names none, its one goal.
/// </summary>
public sealed class AgreementReview(QueryLanguage language, IQueryNames names, IPeopleStore people, IClock clock)
{
    private const int MostTeams = 200;

    /// <summary>What does not fit, in the order of the policies.</summary>
    public async Task<IReadOnlyList<AgreementWarning>> OfAsync(
        IConfiguration configuration,
        CancellationToken cancellation
    )
    {
        var insides = configuration
            .All<SlaPolicyDocument>()
            .Where(policy => policy.Type == AgreementType.Ola)
            .SelectMany(policy => policy.Metrics)
            .Select(metric => metric.Within)
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        if (insides.Count == 0)
        {
            return [];
        }

        var teams = await people.TeamsAsync(cancellation);
        var now = clock.GetCurrentInstant();
        var supposed = new SupposedTickets(language, names, now, configuration, [.. Queries(configuration, insides)]);
        var asked = new Asked(configuration, supposed, now, [.. teams.Take(MostTeams)]);
        return
        [
            .. asked
                .All(insides)
                .DistinctBy(found => (found.Policy.Id, found.Metric.Id, found.Goal, found.Stages.ToValueList()))
                .OrderBy(found => found.Policy.Order)
                .ThenBy(found => found.Policy.Id, StringComparer.Ordinal),
        ];
    }

    // Of the promises, and of what teams agreed on inside them.
    private static IEnumerable<string> Queries(IConfiguration configuration, HashSet<string> insides) =>
        from policy in configuration.All<SlaPolicyDocument>()
        let metrics = policy
            .Metrics.Where(metric =>
                policy.Type == AgreementType.Ola ? metric.Within is not null : insides.Contains(metric.Id)
            )
            .ToList()
        where metrics.Count > 0
        from query in metrics.SelectMany(metric => metric.Goals).Select(goal => goal.Query).Prepend(policy.Query)
        where !string.IsNullOrWhiteSpace(query)
        select query;

    private sealed class Asked(
        IConfiguration configuration,
        SupposedTickets supposed,
        Instant now,
        IReadOnlyList<Team> teams
    )
    {
        private readonly Dictionary<(SlaGoal, ValueList<AgreedTime>), AgreementFit> fits = [];

        public IEnumerable<AgreementWarning> All(IReadOnlyCollection<string> insides)
        {
            var suppositions = supposed.Suppositions();
            foreach (var sample in Samples())
            {
                supposed.About(sample);
                var told = teams.Where(team => supposed.Tells(team.Id)).ToList();
                foreach (var one in suppositions.Where(supposed.IsPossible))
                {
                    foreach (var warning in insides.SelectMany(metric => Of(one, told, metric)))
                    {
                        yield return warning;
                    }
                }
            }
        }

        private IEnumerable<TicketState> Samples() =>
            from desk in configuration.All<DeskDocument>()
            from type in desk.Types
            let workflow = configuration.WorkflowOf(type)
            let status = workflow?.Status(workflow.Initial)
            where status is not null
            from priority in Enum.GetValues<Priority>()
            select new TicketState
            {
                Id = new TicketId(0),
                Key = new TicketKey(desk.Id, 1),
                Version = 1,
                Type = type,
                Summary = "",
                Description = "",
                Status = status.Id,
                Category = status.Category,
                Priority = priority,
                Requester = new PersonId(0),
                Channel = Channel.Portal,
                CreatedAt = now,
                UpdatedAt = now,
                PublicUpdatedAt = now,
                StatusSince = now,
            };

        private IEnumerable<AgreementWarning> Of(TicketSupposition sample, IReadOnlyList<Team> told, string metric)
        {
            var promise = Offers(AgreementType.Sla, one => one.Id == metric, null, sample).FirstOrDefault();
            if (promise.Goal is null)
            {
                yield break;
            }

            var stages = Stages(sample, told, metric);
            if (stages.Count == 0)
            {
                yield break;
            }

            var key = (promise.Goal, stages.ToValueList());
            if (!fits.TryGetValue(key, out var fit))
            {
                fit = AgreementFit.Of(Agreed(promise.Metric.Name.ToString(), promise.Goal), stages, now);
                fits[key] = fit;
            }

            if (!fit.Fits)
            {
                yield return new AgreementWarning(promise.Policy, promise.Metric, promise.Goal, stages, fit);
            }
        }

        // A goal that a team gets and a ticket of no team does not is that team's own.
        private List<AgreedTime> Stages(TicketSupposition sample, IReadOnlyList<Team> told, string metric)
        {
            bool IsInside(SlaMetric one) => one.Within == metric;
            var general = Offers(AgreementType.Ola, IsInside, null, sample).ToList();
            var named = told.SelectMany(team =>
                    Offers(AgreementType.Ola, IsInside, team.Id, sample)
                        .Where(offer => !general.Contains(offer))
                        .Select(offer => Agreed(team.Name, offer.Goal))
                )
                .ToList();
            return named.Count > 0
                ? named
                : [.. general.Select(offer => Agreed(offer.Metric.Name.ToString(), offer.Goal))];
        }

        // Of each metric the first policy that matches, and of that the first goal.
        private IEnumerable<(SlaPolicyDocument Policy, SlaMetric Metric, SlaGoal Goal)> Offers(
            AgreementType type,
            Func<SlaMetric, bool> isMeant,
            TeamId? team,
            TicketSupposition sample
        ) =>
            SlaPolicies
                .InOrder(configuration)
                .Where(policy => policy.Type == type && supposed.Holds(policy.Query, team, sample))
                .SelectMany(policy => policy.Metrics.Where(isMeant).Select(metric => (Policy: policy, Metric: metric)))
                .DistinctBy(offer => offer.Metric.Id, StringComparer.Ordinal)
                .Select(offer =>
                    (
                        offer.Policy,
                        offer.Metric,
                        Goal: offer.Metric.Goals.FirstOrDefault(goal => supposed.Holds(goal.Query, team, sample))
                    )
                )
                .Where(offer => offer.Goal is not null)
                .Select(offer => (offer.Policy, offer.Metric, offer.Goal!));

        private AgreedTime Agreed(string name, SlaGoal goal) =>
            new(name, goal.Target, PinnedCalendar.Newest(configuration, goal.Calendar).Calendar);
    }
}
