using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Grains;

/// <summary>
/// Looks up the related tickets that transitions want done. A relation whose plugin is not loaded leaves its transition without
/// an answer, which the ticket takes for a no.
/// </summary>
public sealed class LinkedWorkSource(
    RuleVocabulary vocabulary,
    QueryLanguage language,
    ITicketStore store,
    IClock clock
)
{
    private const int MostRelated = 1000;

    /// <summary>What is open behind the transitions that a command may take.</summary>
    /// <exception cref="StorageUnavailableException">The database cannot be reached.</exception>
    public async ValueTask<ValueList<LinkedWork>> FindAsync(
        TicketSnapshot? before,
        CommandEnvelope envelope,
        IConfiguration configuration,
        CancellationToken cancellation
    )
    {
        var found = new List<LinkedWork>();
        foreach (var question in TransitionGuards.Possible(before?.State, envelope.Command, configuration))
        {
            var targets = question.Transition.LinkedDone;
            if (targets.Count > 0 && targets.All(target => vocabulary.Relation(target.Relation) is not null))
            {
                var open = await OpenAsync(before!.State, targets, configuration, cancellation);
                found.Add(new LinkedWork(question.Transition.Id, open));
            }
        }

        return found.ToValueList();
    }

    private async Task<ValueList<TicketState>> OpenAsync(
        TicketState ticket,
        ValueList<RuleTarget> targets,
        IConfiguration configuration,
        CancellationToken cancellation
    )
    {
        var open = new Dictionary<TicketId, TicketState>();
        foreach (var target in targets)
        {
            var related = vocabulary.Relation(target.Relation)!.Related(ticket, target.As);
            foreach (var id in related.Distinct().Take(MostRelated))
            {
                if (
                    await store.LoadAsync(id, cancellation) is { State.Category: not StatusCategory.Done } other
                    && language.Holds(target.Condition, other, clock.GetCurrentInstant(), configuration)
                )
                {
                    open[id] = other.State;
                }
            }
        }

        return open.Values.OrderBy(other => other.Id.Value).ToValueList();
    }
}
