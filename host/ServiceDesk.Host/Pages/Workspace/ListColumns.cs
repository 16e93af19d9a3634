using ServiceDesk.Core.Access;
using ServiceDesk.Core.Query;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>The columns of an agents' list: names of the query language, <c>field:ID</c> for own fields, or <c>sla:METRIC</c>.</summary>
public static class ListColumns
{
    /// <summary>Before the metric's id in a column's name.</summary>
    public const string Clock = ListChoices.Clock;

    /// <summary>Before the field's id in a column's name.</summary>
    public const string Field = ListChoices.Field;

    /// <summary>What a list shows when its queue names no columns.</summary>
    public static ValueList<string> Default { get; } =
    ["remaining", "key", "summary", "status", "priority", "requester", "assignee", "updated"];

    /// <summary>Columns that a list can draw, besides clocks.</summary>
    public static ValueList<string> Known => ListChoices.Columns;

    /// <summary>The columns of a queue that can be drawn, in order; the default ones when none can. Key and summary are always there.</summary>
    public static IReadOnlyList<string> Of(QueueDocument? queue) => Of(queue?.Columns ?? []);

    /// <summary>The same of names of columns.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<string> names)
    {
        var wanted = names.Select(Normal).Where(IsDrawn).Distinct().ToList();
        if (wanted.Count == 0)
        {
            return Default;
        }

        return wanted.Contains("summary") ? wanted : [.. wanted, "summary"];
    }

    /// <summary>The heading of a column.</summary>
    public static string HeadingOf(string column, ITexts texts, IConfiguration configuration)
    {
        if (FieldOf(column) is { } field)
        {
            return configuration.TryGet<FieldDocument>(field, out var own) ? own.Name.ToString() : field;
        }

        if (!column.StartsWith(Clock, StringComparison.Ordinal))
        {
            return texts[$"workspace.column-{column}"];
        }

        var metric = column[Clock.Length..];
        return configuration
                .All<SlaPolicyDocument>()
                .SelectMany(policy => policy.Metrics)
                .FirstOrDefault(candidate => candidate.Id == metric)
                ?.Name.ToString()
            ?? metric;
    }

    /// <summary>The text that says by which way a ticket came.</summary>
    public static string WordOf(Channel channel) => $"workspace.channel-{channel.ToString().ToLowerInvariant()}";

    /// <summary>Whether a list can draw the column.</summary>
    public static bool IsDrawn(string column) =>
        Known.Contains(column)
        || FieldOf(column) is not null
        || (column.StartsWith(Clock, StringComparison.Ordinal) && column.Length > Clock.Length);

    /// <summary>The id of the field that a column shows; null for another column.</summary>
    public static string? FieldOf(string column) => ListChoices.FieldOf(column);

    /// <summary>The columns without those of fields that there are not, or not for the viewer.</summary>
    public static IReadOnlyList<string> Seen(
        IReadOnlyList<string> columns,
        Viewer viewer,
        IConfiguration configuration
    ) =>
        [
            .. columns.Where(column =>
                FieldOf(column) is not { } id
                || (
                    configuration.TryGet<FieldDocument>(id, out var field)
                    && !FieldSight.HiddenIn(field, viewer.Person.Role).IsAll
                )
            ),
        ];

    /// <summary>By what the viewer can group lists: the product's fields, then own ones that the viewer sees.</summary>
    public static IEnumerable<string> Groups(Viewer viewer, IConfiguration configuration) =>
        Seen(
            [
                .. ListChoices.Groups,
                .. configuration
                    .All<FieldDocument>()
                    .Where(ListChoices.HasOrder)
                    .OrderBy(field => field.Name.ToString(), StringComparer.CurrentCulture)
                    .Select(field => Field + field.Id),
            ],
            viewer,
            configuration
        );

    /// <summary>Every column that a list can have for the viewer: the product's, the clocks of metrics, own fields.</summary>
    public static IEnumerable<string> All(Viewer viewer, IConfiguration configuration) =>
        Seen(
            [
                .. Known,
                .. configuration
                    .All<SlaPolicyDocument>()
                    .SelectMany(policy => policy.Metrics)
                    .Select(metric => Clock + metric.Id)
                    .Distinct(StringComparer.Ordinal),
                .. configuration.All<FieldDocument>().Select(own => Field + own.Id),
            ],
            viewer,
            configuration
        );

    private static string Normal(string column) =>
        column switch
        {
            "externalId" => "external-id",
            "requestType" => "request-type",
            "createdAt" => "created",
            "updatedAt" => "updated",
            "resolvedAt" => "resolved",
            _ => column,
        };
}
