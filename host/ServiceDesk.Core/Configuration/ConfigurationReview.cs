using ServiceDesk.Core.Access;
using ServiceDesk.Core.Configuration.Checks;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Configuration;

/// <summary>Something wrong in a document of a configuration.</summary>
/// <param name="Kind">The document's kind.</param>
/// <param name="Id">The document's id.</param>
/// <param name="Problem">What is wrong.</param>
public sealed record ConfigurationProblem(string Kind, string Id, DocumentProblem Problem);

/// <summary>
/// Holds a configuration against its own meaning before it is written. A change is refused for problems that it brings,
/// in whichever document, never for those that stood before in documents it does not touch.
/// </summary>
/// <param name="checks">The checks of the parts that work with the documents.</param>
public sealed class ConfigurationReview(IEnumerable<IDocumentCheck> checks)
{
    private const string Administrator = RoleChanges.Administrator;

    private readonly IReadOnlyList<IDocumentCheck> checks = [.. ReferenceChecks.All, .. checks];

    /// <summary>The ids of the roles without which the product does not work.</summary>
    public static ValueList<string> NeededRoles { get; } = [Administrator, "agent", "customer"];

    /// <summary>Every problem of a configuration.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems(ConfigurationSnapshot configuration) =>
        [
            .. configuration.Documents.SelectMany(entry =>
                checks
                    .SelectMany(check => check.Check(entry.Document, configuration))
                    .Select(problem => Of(DocumentTypes.KindOf(entry.Document), entry.Document.Id, problem))
            ),
            .. RoleProblems(configuration),
        ];

    /// <summary>The problems that a change brings.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems(ConfigurationSnapshot before, ConfigurationSnapshot after)
    {
        var known = Problems(before).ToHashSet();
        return
        [
            .. Problems(after)
                .Where(problem => !known.Contains(problem) || IsTouched(problem.Kind, problem.Id, before, after)),
        ];
    }

    /// <summary>The documents that name another one, in the order of their kinds: they would not fit without it.</summary>
    public IReadOnlyList<ConfigurationDocument> Naming<T>(string id, ConfigurationSnapshot configuration)
        where T : ConfigurationDocument
    {
        var without = configuration.Without<T>(id);
        var unfit = Problems(configuration, without).Select(found => (found.Kind, found.Id)).ToHashSet();
        return
        [
            .. configuration
                .Documents.Select(entry => entry.Document)
                .Where(document => document is not T || document.Id != id)
                .Where(document => unfit.Contains((DocumentTypes.KindOf(document), document.Id))),
        ];
    }

    private static bool IsTouched(string kind, string id, ConfigurationSnapshot before, ConfigurationSnapshot after) =>
        DocumentTypes.Find(kind) is { } type
        && !ReferenceEquals(before.Find(type, id)?.Document, after.Find(type, id)?.Document);

    private static IEnumerable<ConfigurationProblem> RoleProblems(ConfigurationSnapshot configuration)
    {
        foreach (var role in NeededRoles.Where(role => !configuration.TryGet<RoleDocument>(role, out _)))
        {
            yield return Of(DocumentKinds.Role, role, DocumentProblem.At("", "configuration.role-needed", role));
        }

        if (configuration.TryGet<RoleDocument>(Administrator, out var administrator))
        {
            foreach (var permission in RoleChanges.Needed.Except(administrator.Permissions))
            {
                var problem = DocumentProblem.At(
                    "/permissions",
                    "configuration.administrator-needs-permission",
                    permission
                );
                yield return Of(DocumentKinds.Role, Administrator, problem);
            }
        }
    }

    private static ConfigurationProblem Of(string kind, string id, DocumentProblem problem) => new(kind, id, problem);
}
