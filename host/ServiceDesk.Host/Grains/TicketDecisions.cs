using NodaTime;
using ServiceDesk.Core.Files;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Plugins.Isolation;
using ServiceDesk.Host.Scripting.Uses;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Conversation;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Grains;

/// <summary>Brings the pure step of a ticket what it needs from the outside: configuration, time, a reservation, facts about people.</summary>
public sealed class TicketDecisions(
    TicketEngine engine,
    ICurrentConfiguration configuration,
    DecisionFactsSource facts,
    PluginFacts plugins,
    ScriptGuards guards,
    LinkedWorkSource linked,
    RelatedTicketSource related,
    IEventLog log,
    ITicketConversation conversation,
    IClock clock
)
{
    public async Task<TicketStep> StepAsync(
        TicketSnapshot? before,
        CommandEnvelope envelope,
        Reserved reserved,
        CancellationToken cancellation
    )
    {
        var current = configuration.Snapshot;
        var desk = TicketEngine.DeskToReserve(before?.State, envelope.Command, current);
        var reservation = await reserved.OnAsync(desk, cancellation);
        var known = await facts.AnswerAsync(FactsQuestion.Of(before?.State, envelope.Command, current), cancellation);
        var ofPlugins = await plugins.FindAsync(before?.State, envelope, cancellation);
        var open = await linked.FindAsync(before, envelope, current, cancellation);
        var other = await related.FindAsync(before, envelope, cancellation);
        var events =
            before is not null && Redaction.Of(envelope.Command) is not null
                ? await log.ReadTicketAsync(before.State.Id, cancellation)
                : [];
        var files =
            before is not null && FileRuling.InFields(envelope.Command).Any()
                ? await conversation.FileIdsAsync(before.State.Id, cancellation)
                : [];
        var verdicts = await guards.AskAsync(before, envelope, current, cancellation);
        return engine.Step(
            before,
            envelope,
            current,
            clock.GetCurrentInstant(),
            reservation,
            known with
            {
                OfPlugins = ofPlugins,
                Guards = verdicts,
                Linked = open,
                Related = other,
                Log = events.ToValueList(),
                Files = files,
                AttachedBytes = await AttachedAsync(before, envelope.Command, files, cancellation),
            }
        );
    }

    private async Task<long> AttachedAsync(
        TicketSnapshot? before,
        TicketCommand command,
        ValueList<KnownFile> known,
        CancellationToken cancellation
    )
    {
        var inFields = FileRuling.InFields(command).Where(file => known.All(one => one.Id != file.Id));
        var files = FileRuling.FilesOf(command).Concat(inFields.DistinctBy(file => file.Id)).ToList();
        var there =
            files.Count > 0 && before is not null ? await conversation.BytesAsync(before.State.Id, cancellation) : 0;
        return there + files.Sum(file => file.Size);
    }
}
