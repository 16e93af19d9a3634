using System.Globalization;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Workflows;

/// <summary>
/// Where the statuses of a workflow stand in its diagram, and how the ways between them run. A column for each category, so
/// that work goes from left to right; what leads everywhere is told at its end and not drawn from every status.
/// </summary>
public sealed class WorkflowDiagram
{
    /// <summary>The size of a status.</summary>
    public const int BoxWidth = 164;

    /// <summary>The size of a status.</summary>
    public const int BoxHeight = 46;

    private const int GapAcross = 84;
    private const int GapDown = 34;
    private const int Margin = 12;
    private const int Head = 34;
    private const int Bulge = 46;

    private readonly Dictionary<string, StatusBox> boxes;

    private WorkflowDiagram(WorkflowDocument workflow, WorkflowPart open)
    {
        var columns = Enum.GetValues<StatusCategory>()
            .Where(category => workflow.Statuses.Any(status => status.Category == category))
            .ToList();
        Columns = [.. columns.Select((category, column) => (category, Left(column)))];
        Boxes =
        [
            .. workflow
                .Statuses.Index()
                .Select(status => new StatusBox(
                    status.Index,
                    status.Item,
                    Left(columns.IndexOf(status.Item.Category)),
                    Top(workflow, status.Item, status.Index),
                    workflow.Transitions.Any(way => way.From.Count == 0 && way.To == status.Item.Id)
                )),
        ];
        boxes = Boxes
            .Where(box => box.Status.Id.Length > 0)
            .DistinctBy(box => box.Status.Id)
            .ToDictionary(box => box.Status.Id);
        Lines = [.. Drawn(workflow, open)];
        Width = (2 * Margin) + (columns.Count * BoxWidth) + ((columns.Count - 1) * GapAcross) + Bulge;
        Height = Boxes.Select(box => box.Y + BoxHeight).DefaultIfEmpty(Head).Max() + GapDown;
    }

    /// <summary>The categories with the left edges of their columns.</summary>
    public IReadOnlyList<(StatusCategory Category, int X)> Columns { get; }

    /// <summary>The statuses.</summary>
    public IReadOnlyList<StatusBox> Boxes { get; }

    /// <summary>The ways between them; those that are not meant by what is open first, so that the others lie over them.</summary>
    public IReadOnlyList<WayLine> Lines { get; }

    public int Width { get; }

    public int Height { get; }

    /// <summary>The diagram of a workflow.</summary>
    /// <param name="open">What is open in the editor: its ways stand out.</param>
    public static WorkflowDiagram Of(WorkflowDocument workflow, WorkflowPart open) => new(workflow, open);

    private IEnumerable<WayLine> Drawn(WorkflowDocument workflow, WorkflowPart open)
    {
        var isAnyMeant = open.Kind is WorkflowPart.Status or WorkflowPart.Transition;
        return workflow
            .Transitions.Index()
            .SelectMany(way => way.Item.From.Select(from => (way.Index, way.Item, From: from)))
            .Where(way => boxes.ContainsKey(way.From) && boxes.ContainsKey(way.Item.To))
            .GroupBy(way => (way.From, way.Item.To))
            .Select(pair => Line(pair.Key.From, pair.Key.To, [.. pair.Select(way => (way.Index, way.Item))], open))
            .Select(line => isAnyMeant ? line : line with { IsMeant = null })
            .OrderBy(line => line.IsMeant == true);
    }

    private WayLine Line(string from, string to, (int Index, WorkflowTransition Way)[] ways, WorkflowPart open)
    {
        var (a, b) = (boxes[from], boxes[to]);
        var isMeant = open.Kind switch
        {
            WorkflowPart.Status => a.Place == open.Place || b.Place == open.Place,
            WorkflowPart.Transition => ways.Any(way => way.Index == open.Place),
            _ => false,
        };
        var (path, x, y) = Run(a, b);
        return new WayLine(path, x, y, from, to, [.. ways.Select(way => way.Way)], isMeant);
    }

    // Forward ways leave above the middle and backward ones below it, so that two between the same statuses lie apart.
    private static (string Path, int X, int Y) Run(StatusBox a, StatusBox b)
    {
        if (a.X == b.X)
        {
            return Beside(a, b);
        }

        var isForward = b.X > a.X;
        var shift = isForward ? -8 : 8;
        var (x1, y1) = (isForward ? a.X + BoxWidth : a.X, a.Y + (BoxHeight / 2) + shift);
        var (x2, y2) = (isForward ? b.X : b.X + BoxWidth, b.Y + (BoxHeight / 2) + shift);
        if (Math.Abs(b.X - a.X) > BoxWidth + GapAcross)
        {
            return Around(a, b, (x1, y1), (x2, y2));
        }

        var reach = isForward ? GapAcross * 3 / 4 : -GapAcross * 3 / 4;
        var path = Text($"M{x1} {y1}C{x1 + reach} {y1} {x2 - reach} {y2} {x2} {y2}");
        return (path, (x1 + x2) / 2, (y1 + y2) / 2);
    }

    // Over more than one column a way runs between the rows, so that it never seems to touch what lies in between.
    private static (string Path, int X, int Y) Around(StatusBox a, StatusBox b, (int X, int Y) from, (int X, int Y) to)
    {
        // Several beside each other lie apart.
        var apart = (((a.Place * 2) + (b.Place * 3)) % 5 - 2) * 4;
        var lane = (b.Y < a.Y ? a.Y - (GapDown / 2) : a.Y + BoxHeight + (GapDown / 2)) + apart;
        var (step, half) = to.X > from.X ? (GapAcross, GapAcross / 2) : (-GapAcross, -GapAcross / 2);
        var path = Text(
            $"M{from.X} {from.Y}C{from.X + half} {from.Y} {from.X + half} {lane} {from.X + step} {lane}L{to.X - step} {lane}C{to.X - half} {lane} {to.X - half} {to.Y} {to.X} {to.Y}"
        );
        return (path, (from.X + to.X) / 2, lane);
    }

    // In one column a way runs around the right side.
    private static (string Path, int X, int Y) Beside(StatusBox a, StatusBox b)
    {
        var x = a.X + BoxWidth;
        var isSelf = a.Place == b.Place;
        var isDown = b.Y >= a.Y;
        var (y1, y2) = (
            a.Y + (BoxHeight / 2) + (isSelf ? -10 : 0) + (isDown ? 4 : -4),
            b.Y + (BoxHeight / 2) + (isSelf ? 10 : 0) + (isDown ? -4 : 4)
        );
        var reach = Bulge - (isDown ? 0 : 12);
        return (Text($"M{x} {y1}C{x + reach} {y1} {x + reach} {y2} {x} {y2}"), x + (reach * 3 / 4), (y1 + y2) / 2);
    }

    private static int Left(int column) => Margin + (column * (BoxWidth + GapAcross));

    private static int Top(WorkflowDocument workflow, WorkflowStatus status, int place)
    {
        var above = workflow.Statuses.Take(place).Count(other => other.Category == status.Category);
        return Head + (above * (BoxHeight + GapDown));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A status in a diagram.</summary>
/// <param name="Place">Its place in the workflow.</param>
/// <param name="Status">The status.</param>
/// <param name="X">Its left edge.</param>
/// <param name="Y">Its upper edge.</param>
/// <param name="FromAnywhere">Whether a way leads to it from every status.</param>
public sealed record StatusBox(int Place, WorkflowStatus Status, int X, int Y, bool FromAnywhere);

/// <summary>All ways from one status to another in a diagram.</summary>
/// <param name="Path">Where the line runs.</param>
/// <param name="X">Its middle.</param>
/// <param name="Y">Its middle.</param>
/// <param name="From">The status that they leave.</param>
/// <param name="To">The status that they lead to.</param>
/// <param name="Ways">The transitions.</param>
/// <param name="IsMeant">Whether what is open in the editor means them; null when nothing is.</param>
public sealed record WayLine(
    string Path,
    int X,
    int Y,
    string From,
    string To,
    IReadOnlyList<WorkflowTransition> Ways,
    bool? IsMeant
);
