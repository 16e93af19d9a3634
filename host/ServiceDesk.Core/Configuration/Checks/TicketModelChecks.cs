using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Configuration.Checks;

/// <summary>Choices where there must be some, statuses and roles that exist, no name of the product's own.</summary>
internal sealed class FieldCheck : DocumentCheck<FieldDocument>
{
    private static readonly HashSet<string> OwnNames = new(StringComparer.Ordinal)
    {
        "approval",
        "approver",
        "assignee",
        "attachments",
        "category",
        "channel",
        "comments",
        "created",
        "description",
        "desk",
        "external-id",
        "id",
        "key",
        "labels",
        "organization",
        "participants",
        "priority",
        "request-type",
        "requester",
        "resolution",
        "resolved",
        "sla",
        "status",
        "summary",
        "team",
        "text",
        "type",
        "updated",
        "watchers",
    };

    protected override IEnumerable<DocumentProblem> Check(FieldDocument document, IConfiguration configuration)
    {
        if (OwnNames.Contains(document.Id))
        {
            yield return DocumentProblem.At("/id", "configuration.field-own-name", document.Id);
        }

        var hasChoices = document.Kind is FieldKind.Choice or FieldKind.Choices;
        if (hasChoices != document.Choices.Count > 0)
        {
            var code = hasChoices ? "configuration.field-needs-choices" : "configuration.field-takes-no-choices";
            yield return DocumentProblem.At("/choices", code);
        }

        var others = References
            .Twice(document.Choices.Select(choice => choice.Id), "/choices", "/id")
            .Concat(References.Missing<RoleDocument>(document.EditableBy, "/editableBy", configuration))
            .Concat(
                References.Missing(
                    document.LockedIn,
                    References.Statuses(configuration),
                    "/lockedIn",
                    "configuration.no-such-status"
                )
            )
            .Concat(CalledScripts.Check(document.Script, "/script", configuration));
        foreach (var problem in others)
        {
            yield return problem;
        }
    }
}

/// <summary>The workflow and the fields exist.</summary>
internal sealed class TicketTypeCheck : DocumentCheck<TicketTypeDocument>
{
    protected override IEnumerable<DocumentProblem> Check(TicketTypeDocument document, IConfiguration configuration) =>
        References
            .Missing<WorkflowDocument>(document.Workflow, "/workflow", configuration)
            .Concat(References.Missing<FieldDocument>(document.Fields, "/fields", configuration))
            .Concat(References.Twice(document.Fields, "/fields"));
}
