using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Forms;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Configuration.Templates;

/// <summary>Makes desks of templates: everything that a desk needs is written as one revision, or nothing is.</summary>
public sealed class NewDesks(
    DeskTemplates templates,
    ICurrentConfiguration configuration,
    IConfigurationEditor editor,
    DocumentText text
)
{
    private const string UsualCalendar = "korea-office-hours";
    private const string UsualType = "service-request";
    private const int LongestTeam = 180;

    /// <summary>What would be written.</summary>
    public DeskPlan Plan(DeskWish wish)
    {
        var snapshot = (ConfigurationSnapshot)configuration.Snapshot;
        if (templates.Find(wish.Template) is not { } template)
        {
            return Wrong("", "/template", "desks.no-template", wish.Template);
        }

        var name = wish.Name ?? template.Name;
        var key =
            wish.Key ?? DeskKeys.For(name.Texts.Find("en") ?? "", template.UsualKey, taken => IsTaken(taken, snapshot));
        if (!DeskKeys.IsKey(key))
        {
            return Wrong(key, "/key", "desks.key-wrong", key);
        }

        if (snapshot.TryGet<DeskDocument>(key, out _))
        {
            return Wrong(key, "/key", "desks.key-taken", key);
        }

        if (wish.ShareWith is { } other && !snapshot.TryGet<DeskDocument>(other, out _))
        {
            return Wrong(key, "/shareWith", "configuration.no-such-desk", other);
        }

        var brought = Documents(template, key, wish.ShareWith, snapshot).ToList();
        var agents = wish.Agents ?? brought.OfType<DeskDocument>().Single().Agents;
        // A desk that begins closed is worked by somebody: by a team of its own.
        var team = agents is { Everyone: false, Teams.Count: 0 } ? TeamOf(name, key) : null;
        agents = team is null ? agents : agents with { Teams = [team] };
        var documents = Fitting(
            [
                .. brought
                    .Select(document => Named(document, key, name, snapshot))
                    .Select(document =>
                        document is DeskDocument desk
                            ? desk with
                            {
                                Agents = agents,
                                Customers = wish.Customers ?? desk.Customers,
                            }
                            : document
                    ),
            ],
            snapshot
        );
        return documents.FirstOrDefault(document => IsThere(document, snapshot)) is { } there
            ? Wrong(key, "/key", "desks.document-there", key, $"{DocumentTypes.KindOf(there)}/{there.Id}")
            : new DeskPlan(key, documents, null, team);
    }

    /// <summary>Writes a plan, or tries it.</summary>
    public Task<ConfigurationOutcome> WriteAsync(
        DeskPlan plan,
        bool isTrial,
        ConfigurationAuthor author,
        CancellationToken cancellation
    ) =>
        plan.Problem is { } problem
            ? Task.FromResult(
                new ConfigurationOutcome(
                    ConfigurationStatus.Invalid,
                    configuration.Snapshot.Revision,
                    [],
                    [new FileProblem("", null, problem)]
                )
            )
            : editor.ImportAsync(
                [
                    .. plan.Documents.Select(document => new ConfigurationFile(
                        ConfigurationFolder.PathOf(DocumentTypes.KindOf(document), document.Id),
                        text.ToYaml(document)
                    )),
                ],
                new ConfigurationImport
                {
                    KeepOthers = true,
                    IsTrial = isTrial,
                    ExpectedRevision = configuration.Snapshot.Revision,
                },
                author,
                cancellation
            );

    private IEnumerable<ConfigurationDocument> Documents(
        DeskTemplate template,
        string key,
        string? shareWith,
        ConfigurationSnapshot snapshot
    )
    {
        var calendars = snapshot.All<CalendarDocument>();
        var calendar = calendars.FirstOrDefault(one => one.Id == UsualCalendar) ?? calendars.FirstOrDefault();
        // Without any calendar nothing can be promised.
        var all = templates
            .DocumentsOf(template, key, calendar?.Id ?? UsualCalendar)
            .Where(document => calendar is not null || document is not SlaPolicyDocument);
        return shareWith is not null && snapshot.TryGet<DeskDocument>(shareWith, out var other)
            ? Sharing(all, other)
            : all;
    }

    // The types of the other desk come with their workflows, fields and promises; requests are asked with the fields that they have.
    private static IEnumerable<ConfigurationDocument> Sharing(
        IEnumerable<ConfigurationDocument> documents,
        DeskDocument other
    ) =>
        documents
            .Where(document => document is DeskDocument or RequestTypeDocument or QueueDocument or MacroDocument)
            .Select(document =>
                document switch
                {
                    DeskDocument desk => desk with
                    {
                        Types = other.Types,
                        Agents = desk.Agents.Everyone ? other.Agents : desk.Agents,
                        // A desk of confidential matters does not begin to show them because another one shows its own.
                        Customers = other.Customers with
                        {
                            ShareWithinOrganization =
                                other.Customers.ShareWithinOrganization && desk.Customers.ShareWithinOrganization,
                        },
                    },
                    RequestTypeDocument request => request with { Type = TypeFor(request, other) },
                    _ => document,
                }
            );

    private static string TypeFor(RequestTypeDocument request, DeskDocument other) =>
        other.Types.Contains(request.Type) ? request.Type
        : other.Types.Contains(UsualType) ? UsualType
        : other.Types.FirstOrDefault(request.Type);

    // Types of plugins that are not there are left out, with what is asked for by them.
    private static IReadOnlyList<ConfigurationDocument> Fitting(
        IReadOnlyList<ConfigurationDocument> documents,
        ConfigurationSnapshot snapshot
    )
    {
        var types = documents
            .OfType<TicketTypeDocument>()
            .Concat(snapshot.All<TicketTypeDocument>())
            .DistinctBy(type => type.Id)
            .ToDictionary(type => type.Id, StringComparer.Ordinal);
        var workflows = documents
            .OfType<WorkflowDocument>()
            .Concat(snapshot.All<WorkflowDocument>())
            .DistinctBy(flow => flow.Id)
            .ToList();
        var fitting = documents
            .Where(document => document is not RequestTypeDocument request || types.ContainsKey(request.Type))
            .Where(document => document is not MacroDocument macro || macro.Do.All(action => IsWay(action, workflows)))
            .Select(document =>
                document is RequestTypeDocument request ? WithKnown(request, types[request.Type]) : document
            )
            .ToList();
        var asked = fitting.OfType<RequestTypeDocument>().Select(request => request.Id).ToHashSet();
        return
        [
            .. fitting.Select(document =>
                document is DeskDocument desk
                    ? desk with
                    {
                        Types = desk.Types.Where(types.ContainsKey).ToValueList(),
                        Groups = desk
                            .Groups.Select(group =>
                                group with
                                {
                                    RequestTypes = group.RequestTypes.Where(asked.Contains).ToValueList(),
                                }
                            )
                            .Where(group => group.RequestTypes.Count > 0)
                            .ToValueList(),
                    }
                    : document
            ),
        ];
    }

    // A macro that moves to where no workflow leads would only be refused.
    private static bool IsWay(RuleAction action, IReadOnlyCollection<WorkflowDocument> workflows) =>
        action.To is not { } to
        || workflows.Any(flow =>
            (flow.Status(to) is not null || flow.Transitions.Any(way => way.Id == to))
            && (action.Resolution is null || flow.Resolutions.Any(one => one.Id == action.Resolution))
        );

    // What a shared type does not have is not asked for.
    private static RequestTypeDocument WithKnown(RequestTypeDocument request, TicketTypeDocument type) =>
        request with
        {
            Form = request
                .Form.Where(place => FormLogic.IsOwn(place.Field) || type.Fields.Contains(place.Field))
                .ToValueList(),
        };

    // The second desk of a template has types and promises that can be told from the first one's.
    private static ConfigurationDocument Named(
        ConfigurationDocument document,
        string key,
        LocalizedText name,
        ConfigurationSnapshot snapshot
    ) =>
        document switch
        {
            DeskDocument desk => desk with { Name = name },
            TicketTypeDocument type when IsNamed(type, snapshot) => type with { Name = Told(type.Name, key) },
            WorkflowDocument flow when IsNamed(flow, snapshot) => flow with { Name = Told(flow.Name, key) },
            SlaPolicyDocument policy when IsNamed(policy, snapshot) => policy with { Name = Told(policy.Name, key) },
            FieldDocument field when IsNamed(field, snapshot) => field with { Name = Told(field.Name, key) },
            _ => document,
        };

    private static bool IsNamed<T>(T document, ConfigurationSnapshot snapshot)
        where T : ConfigurationDocument => snapshot.All<T>().Any(other => other.Name == document.Name);

    private static LocalizedText Told(LocalizedText name, string key) =>
        new(
            ValueMap<string>.From(name.Texts.Select(entry => KeyValuePair.Create(entry.Key, $"{entry.Value} ({key})")))
        );

    private static string TeamOf(LocalizedText name, string key)
    {
        var words = string.Concat(name.ToString().Where(letter => !char.IsControl(letter))).Trim();
        return $"{(words.Length <= LongestTeam ? words : words[..LongestTeam])} ({key})";
    }

    private static bool IsTaken(string key, ConfigurationSnapshot snapshot) =>
        snapshot.TryGet<DeskDocument>(key, out _)
        || snapshot.Find(typeof(TicketTypeDocument), $"{key.ToLowerInvariant()}-request") is not null;

    private static bool IsThere(ConfigurationDocument document, ConfigurationSnapshot snapshot) =>
        snapshot.Find(document.GetType(), document.Id) is not null;

    private static DeskPlan Wrong(string key, string path, string code, params ReadOnlySpan<string> arguments) =>
        new(key, [], DocumentProblem.At(path, code, arguments));
}
