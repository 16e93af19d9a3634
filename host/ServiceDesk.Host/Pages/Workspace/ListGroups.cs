using ServiceDesk.Core.Query;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>A group of a list.</summary>
/// <param name="Key">The same for all lines of the group, which stand together.</param>
/// <param name="Heading">What people read above them.</param>
public sealed record ListGroup(string Key, string Heading);

/// <summary>In which group of a list a line stands.</summary>
public static class ListGroups
{
    /// <summary>The group of a line; null when there are no groups.</summary>
    public static ListGroup? Of(ListShape shape, TicketLine line, ITexts texts)
    {
        if (shape.Field is { } field)
        {
            return OfField(field, line.Own.GetValueOrDefault(field.Id), texts);
        }

        var heading = shape.Group switch
        {
            null => null,
            "status" => line.StatusName,
            "priority" => texts[$"common.priority-{line.Ticket.Priority.ToString().ToLowerInvariant()}"],
            "assignee" => line.Assignee ?? texts["workspace.nobody"],
            "team" => line.Team ?? texts["workspace.no-team"],
            "type" => line.TypeName,
            "requester" => line.Requester,
            _ => line.Organization ?? texts["workspace.no-organization"],
        };
        return heading is null ? null : new ListGroup(heading, heading);
    }

    private static ListGroup OfField(FieldDocument field, OwnValue? own, ITexts texts)
    {
        var name = field.Name.ToString();
        return own?.Value switch
        {
            null => new ListGroup("", texts.Format("workspace.group-unset", name)),
            // Choices that are offered no more have no order among themselves.
            ChoiceValue choice when field.Choices.All(one => one.Id != choice.Choice) => new ListGroup(
                "gone",
                texts.Format("workspace.group-gone", name)
            ),
            ChoiceValue choice => new ListGroup($"choice {choice.Choice}", own.Words),
            // Texts stand in an order that does not tell A from a.
            TextValue text => new ListGroup($"text {Folding.Fold(text.Text, SearchableFields.PieceLength)}", own.Words),
            PersonValue or OrganizationValue or TeamValue => new ListGroup($"name {own.Words}", own.Words),
            // Yes, 3 or a day says nothing without what it is of.
            _ => new ListGroup($"value {own.Words}", texts.Format("workspace.group-value", name, own.Words)),
        };
    }
}
