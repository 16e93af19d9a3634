using ServiceDesk.Core.Json;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Configuration.Checks;

/// <summary>Types and request types exist, belong to the desk and stand once.</summary>
internal sealed class DeskCheck : DocumentCheck<DeskDocument>
{
    protected override IEnumerable<DocumentProblem> Check(DeskDocument document, IConfiguration configuration)
    {
        var problems = References
            .Missing<TicketTypeDocument>(document.Types, "/types", configuration)
            .Concat(References.Twice(document.Types, "/types"))
            .Concat(References.Twice(document.Groups.Select(group => group.Id), "/groups", "/id"));
        foreach (var problem in problems)
        {
            yield return problem;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, group) in document.Groups.Index())
        {
            foreach (var (place, id) in group.RequestTypes.Index())
            {
                var path = $"/groups/{index}/requestTypes/{place}";
                if (!configuration.TryGet<RequestTypeDocument>(id, out var requestType))
                {
                    yield return DocumentProblem.At(path, "configuration.no-such-request-type", id);
                }
                else if (requestType.Desk != document.Id)
                {
                    yield return DocumentProblem.At(path, "configuration.request-type-elsewhere", id, requestType.Desk);
                }

                if (!seen.Add(id))
                {
                    yield return DocumentProblem.At(path, "configuration.twice", id);
                }
            }
        }
    }
}

/// <summary>The desk and the type exist and know each other; form and presets name fields of the type with values they take.</summary>
internal sealed class RequestTypeCheck : DocumentCheck<RequestTypeDocument>
{
    private static readonly string[] OwnInputs = ["summary", "description", "attachments"];

    protected override IEnumerable<DocumentProblem> Check(RequestTypeDocument document, IConfiguration configuration)
    {
        if (!configuration.TryGet<DeskDocument>(document.Desk, out var desk))
        {
            yield return DocumentProblem.At("/desk", "configuration.no-such-desk", document.Desk);
        }

        if (!configuration.TryGet<TicketTypeDocument>(document.Type, out var type))
        {
            yield return DocumentProblem.At("/type", "configuration.no-such-ticket-type", document.Type);
            yield break;
        }

        if (desk is not null && !desk.Types.Contains(document.Type))
        {
            yield return DocumentProblem.At("/type", "configuration.desk-without-type", desk.Id, document.Type);
        }

        if (document.Anonymous && desk?.Customers.Everyone == false)
        {
            yield return DocumentProblem.At("/anonymous", "configuration.anonymous-closed", desk.Id);
        }

        foreach (
            var problem in Inputs(document, type)
                .Concat(Presets(document, type, configuration))
                .Concat(Computed(document, configuration))
                .Concat(FormChecks.Of(document, type, configuration))
        )
        {
            yield return problem;
        }
    }

    private static IEnumerable<DocumentProblem> Inputs(RequestTypeDocument document, TicketTypeDocument type)
    {
        var inputs = document.Form.Select(input => input.Field).ToList();
        return References
            .Twice(inputs, "/form", "/field")
            .Concat(
                inputs
                    .Index()
                    .Where(entry => !OwnInputs.Contains(entry.Item) && !type.Fields.Contains(entry.Item))
                    .Select(entry =>
                        DocumentProblem.At(
                            $"/form/{entry.Index}/field",
                            "configuration.type-without-field",
                            type.Id,
                            entry.Item
                        )
                    )
            );
    }

    // What a script works out is not asked for.
    private static IEnumerable<DocumentProblem> Computed(RequestTypeDocument document, IConfiguration configuration) =>
        document
            .Form.Select((input, place) => (Id: input.Field, Path: $"/form/{place}/field"))
            .Concat(document.Presets.Keys.Select(id => (Id: id, Path: $"/presets/{JsonPointer.Escape(id)}")))
            .Where(one => configuration.TryGet<FieldDocument>(one.Id, out var field) && field.Script is not null)
            .Select(one => DocumentProblem.At(one.Path, "configuration.field-computed", one.Id));

    private static IEnumerable<DocumentProblem> Presets(
        RequestTypeDocument document,
        TicketTypeDocument type,
        IConfiguration configuration
    )
    {
        foreach (var (id, value) in document.Presets)
        {
            var path = $"/presets/{JsonPointer.Escape(id)}";
            if (!type.Fields.Contains(id) || !configuration.TryGet<FieldDocument>(id, out var field))
            {
                yield return DocumentProblem.At(path, "configuration.type-without-field", type.Id, id);
            }
            else if (value.Length > 0 && !FieldRules.MayTake(field, value))
            {
                yield return DocumentProblem.At(path, "configuration.preset-wrong", value, id);
            }
        }
    }
}

/// <summary>Pictures are pictures, of the kind they say, and small enough for every page.</summary>
internal sealed class HelpCentreCheck : DocumentCheck<HelpCentreDocument>
{
    protected override IEnumerable<DocumentProblem> Check(HelpCentreDocument document, IConfiguration configuration) =>
        Check(document.Logo, "/logo", BrandPicture.LargestLogo)
            .Concat(Check(document.Banner, "/banner", BrandPicture.LargestBanner));

    private static IEnumerable<DocumentProblem> Check(string? text, string path, int most)
    {
        if (text is null)
        {
            yield break;
        }

        if (BrandPicture.Parse(text) is not { } picture)
        {
            yield return DocumentProblem.At(path, "configuration.picture-wrong");
        }
        else if (picture.Bytes.Length > most)
        {
            yield return DocumentProblem.At(path, "configuration.picture-too-large", $"{most / 1024}");
        }
    }
}
