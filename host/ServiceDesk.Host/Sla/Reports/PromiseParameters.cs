using Microsoft.AspNetCore.Http.Extensions;

namespace ServiceDesk.Host.Sla.Reports;

/// <summary>What an address asks about promises, as it stands in the address. Empty is as if it were not there.</summary>
public sealed record PromiseParameters
{
    /// <summary><c>sla</c>, promised to customers, or <c>ola</c>, promised between teams.</summary>
    public string? Agreement { get; init; }

    /// <summary>How many days up to today: 30 unless <c>from</c> is given.</summary>
    public string? Days { get; init; }

    /// <summary>The first day, <c>2026-11-01</c>.</summary>
    public string? From { get; init; }

    /// <summary>The last day; today unless it is given.</summary>
    public string? To { get; init; }

    /// <summary>The zone in which days and hours are told, <c>Asia/Seoul</c>; one's own unless it is given.</summary>
    public string? Zone { get; init; }

    /// <summary>
    /// Of the span: <c>decided</c>, <c>met</c>, <c>breached</c>, <c>started</c>, <c>corrected</c>; of now: <c>live</c>,
    /// <c>on-track</c>, <c>near</c>, <c>broken</c>, <c>paused</c>.
    /// </summary>
    public string? State { get; init; }

    /// <summary>The policy's id.</summary>
    public string? Policy { get; init; }

    /// <summary>The metric's id.</summary>
    public string? Metric { get; init; }

    /// <summary>The calendar's id.</summary>
    public string? Calendar { get; init; }

    /// <summary>What the goal allows, <c>PT4H</c>.</summary>
    public string? Target { get; init; }

    /// <summary>The id of the team that had the ticket last; 0 for none.</summary>
    public string? Team { get; init; }

    /// <summary>The customer's id; 0 for none.</summary>
    public string? Organization { get; init; }

    /// <summary>The desk's key.</summary>
    public string? Desk { get; init; }

    /// <summary>The hour of the week in which it came to its state; 0 is Monday from midnight.</summary>
    public string? Hour { get; init; }

    /// <summary>With whom time passed: <c>customer</c>, <c>supplier</c>, <c>other-team</c>, <c>ticket</c>, <c>approval</c>, <c>unassigned</c>, <c>team</c>, <c>off-hours</c>, <c>paused-otherwise</c>.</summary>
    public string? Cause { get; init; }

    /// <summary>For the cause <c>team</c>: the team's id.</summary>
    public string? With { get; init; }

    /// <summary>The question of an address.</summary>
    public QueryString ToQuery()
    {
        var builder = new QueryBuilder();
        Add("agreement", Agreement);
        Add("days", Days);
        Add("from", From);
        Add("to", To);
        Add("zone", Zone);
        Add("state", State);
        Add("policy", Policy);
        Add("metric", Metric);
        Add("calendar", Calendar);
        Add("target", Target);
        Add("team", Team);
        Add("organization", Organization);
        Add("desk", Desk);
        Add("hour", Hour);
        Add("cause", Cause);
        Add("with", With);
        return builder.ToQueryString();

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                builder.Add(name, value);
            }
        }
    }
}
