using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Configuration.Checks;

/// <summary>Choices where there must be some, statuses and roles that exist, no name of the product's own.</summary>
internal sealed class FieldCheck : DocumentCheck<FieldDocument>
{
    // More levels than anybody chooses through.
    private const int DeepestChoice = 5;

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
        "language",
        "merged",
        "organization",
        "origin",
        "participants",
        "priority",
        "region",
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
            .Concat(Nesting(document))
            .Concat(References.Missing<RoleDocument>(document.EditableBy, "/editableBy", configuration))
            .Concat(
                References.Missing(
                    document.LockedIn,
                    References.Statuses(configuration),
                    "/lockedIn",
                    "configuration.no-such-status"
                )
            )
            .Concat(
                References.Missing(
                    document.RequiredIn,
                    References.Statuses(configuration),
                    "/requiredIn",
                    "configuration.no-such-status"
                )
            )
            .Concat(
                document.Access.SelectMany((line, place) => Access(line, $"/access/{place}", document, configuration))
            )
            .Concat(CalledScripts.Check(document.Script, "/script", configuration))
            .Concat(Limits(document));
        foreach (var problem in others)
        {
            yield return problem;
        }
    }

    // A choice comes after the one that it stands under, so that none stands under itself by any way.
    private static IEnumerable<DocumentProblem> Nesting(FieldDocument document)
    {
        var depths = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (place, choice) in document.Choices.Index())
        {
            var depth = 0;
            if (choice.Under is { } under)
            {
                if (!depths.TryGetValue(under, out var above))
                {
                    yield return DocumentProblem.At(
                        $"/choices/{place}/under",
                        "configuration.choice-not-before",
                        under
                    );
                }

                depth = above + 1;
                if (depth == DeepestChoice)
                {
                    yield return DocumentProblem.At(
                        $"/choices/{place}/under",
                        "configuration.choice-too-deep",
                        $"{DeepestChoice}"
                    );
                }
            }

            depths.TryAdd(choice.Id, depth);
        }
    }

    private static IEnumerable<DocumentProblem> Access(
        FieldAccessRule line,
        string path,
        FieldDocument document,
        IConfiguration configuration
    )
    {
        if (document.Script is not null && line.Access > FieldAccess.See)
        {
            yield return DocumentProblem.At($"{path}/access", "configuration.access-of-computed");
        }

        var names = References
            .Missing<RoleDocument>(line.Roles, $"{path}/roles", configuration)
            .Concat(References.Twice(line.Roles, $"{path}/roles"))
            .Concat(
                References.Missing(
                    line.Statuses,
                    References.Statuses(configuration),
                    $"{path}/statuses",
                    "configuration.no-such-status"
                )
            )
            .Concat(References.Twice(line.Statuses, $"{path}/statuses"));
        foreach (var problem in names)
        {
            yield return problem;
        }
    }

    // Whom a field means is not written into configuration: people differ from one installation to the next.
    private static IEnumerable<DocumentProblem> Limits(FieldDocument document)
    {
        var limits = document.Limits ?? new FieldLimits();
        var isText = document.Kind is FieldKind.Text or FieldKind.LongText or FieldKind.Url;
        var isNumber = document.Kind == FieldKind.Number;
        var isFiles = document.Kind == FieldKind.Attachment;
        (bool IsWrong, string Path, string Code)[] findings =
        [
            (!isNumber && limits.Min is not null, "/limits/min", "configuration.limit-of-numbers"),
            (!isNumber && limits.Max is not null, "/limits/max", "configuration.limit-of-numbers"),
            (!isText && limits.MinLength is not null, "/limits/minLength", "configuration.limit-of-texts"),
            (!isText && limits.MaxLength is not null, "/limits/maxLength", "configuration.limit-of-texts"),
            (!isText && limits.Pattern is not null, "/limits/pattern", "configuration.limit-of-texts"),
            (!isFiles && limits.MaxFiles is not null, "/limits/maxFiles", "configuration.limit-of-files"),
            (!isFiles && limits.FileTypes.Count > 0, "/limits/fileTypes", "configuration.limit-of-files"),
            (isFiles && document.Script is not null, "/script", "configuration.files-not-computed"),
            (limits.Min > limits.Max, "/limits/max", "configuration.limits-crossed"),
            (limits.MinLength > limits.MaxLength, "/limits/maxLength", "configuration.limits-crossed"),
            (
                isText && limits.Pattern is { } pattern && !FieldLimitRules.IsPattern(pattern),
                "/limits/pattern",
                "configuration.pattern-wrong"
            ),
        ];
        foreach (var (_, path, code) in findings.Where(finding => finding.IsWrong))
        {
            yield return DocumentProblem.At(path, code);
        }

        if (document.Default is { } text && !FieldRules.Takes(document, text))
        {
            yield return DocumentProblem.At("/default", "configuration.preset-wrong", text, document.Id);
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
