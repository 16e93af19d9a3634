using System.Globalization;
using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Sla;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Duty;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Notifications;

/// <summary>
/// Tells that a promise comes near its target, and that it was missed: the agent of the ticket and who stands in for that one
/// now; where nobody has the ticket, the team; where there is no such either, the agents of the desk. Of a clock that was stopped
/// meanwhile, and of history that was brought in, nobody is told.
/// </summary>
public sealed class SlaNotices(
    ITicketGrains grains,
    INotifications notifications,
    TicketHolders holders,
    ICurrentConfiguration configuration,
    NoticeWords words
) : IReaction
{
    /// <summary>The name of its cursor.</summary>
    public const string Name = "host.sla-notices";

    private const string Prefix = "sla:";

    /// <summary>Whether a notice with this key is one of these.</summary>
    internal static bool IsMine(string key) => key.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Whether the clock that a notice of these is about was stopped since.</summary>
    internal static bool IsPast(TicketSnapshot ticket, string key) =>
        key.Split(':') is [_, _, var metric, var number, ..]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var cycle)
        && Running(ticket, metric, cycle) is null;

    private static SlaClock? Running(TicketSnapshot ticket, string metric, int cycle) =>
        ticket.Clocks.FirstOrDefault(one =>
            one.Metric == metric && one.Cycle == cycle && one.Status != ClockStatus.Stopped
        );

    /// <inheritdoc/>
    public Task ReactAsync(RecordedEvent @event, CancellationToken cancellation) =>
        @event.Event switch
        {
            SlaThresholdReached near => TellAsync(@event, near.Metric, near.Cycle, near.Threshold, cancellation),
            SlaBreached breach => TellAsync(@event, breach.Metric, breach.Cycle, null, cancellation),
            _ => Task.CompletedTask,
        };

    private async Task TellAsync(
        RecordedEvent @event,
        string metric,
        int cycle,
        string? threshold,
        CancellationToken cancellation
    )
    {
        if (
            await grains.GetAsync(@event.Ticket, cancellation) is not { } ticket
            || ticket.State.ImportedUntil >= @event.At
            || Running(ticket, metric, cycle) is not { } found
        )
        {
            return;
        }

        var notice = new Notification(
            $"{Prefix}{ticket.State.Id}:{metric}:{cycle}:{threshold ?? "breach"}",
            Say(ticket.State, found, threshold),
            ticket.State.Id,
            Visibility.Internal
        );
        await notifications.SendAsync(notice, await holders.OfAsync(ticket.State, cancellation), cancellation);
    }

    private LocalizedText Say(TicketState ticket, SlaClock found, string? threshold)
    {
        var name = configuration
            .Snapshot.AtVersion<SlaPolicyDocument>(found.Policy.Id, found.Policy.Version)
            ?.Metrics.FirstOrDefault(metric => metric.Id == found.Metric)
            ?.Name;
        if (threshold == SlaGoal.Internal)
        {
            return words.Say("notifications.sla-internal", language => [ticket.Key.ToString(), In(language)]);
        }

        if (threshold is null || Reminders.After(threshold, found.Target) is not { } after)
        {
            return words.Say("notifications.sla-breached", language => [ticket.Key.ToString(), In(language)]);
        }

        // Hours and minutes: how long a working day is, differs.
        return words.Say(
            "notifications.sla-near",
            language =>
                [
                    ticket.Key.ToString(),
                    In(language),
                    DurationText.Format(found.Target - after, language, DurationDays.None),
                ]
        );

        string In(string language) => name?.In(language) ?? found.Metric;
    }
}
