using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Catalog;

/// <summary>All subjects that queries can name under one revision of the configuration. Immutable.</summary>
public sealed class QueryCatalog
{
    private readonly Dictionary<string, QueryField> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, QueryField> configured = new(StringComparer.Ordinal);

    /// <summary>Reads the configuration. Of equal names the product's own come first, then ids of fields, plugins' names, and names that people gave to fields.</summary>
    public QueryCatalog(IConfiguration configuration, TicketExtensions extensions)
    {
        var fields = configuration.All<FieldDocument>().Select(Configured).ToList();
        var plugins = extensions.QueryFields.Select(Plugin).ToList();
        Fields = [.. SystemFields.Of(configuration), .. fields, .. plugins];
        Metrics = SlaMetrics(configuration);
        Functions = extensions.QueryFunctions;
        Configuration = configuration;
        foreach (var field in Fields)
        {
            byName.TryAdd(Plain(field.Name), field);
            foreach (var alias in field.Aliases)
            {
                byName.TryAdd(Plain(alias), field);
            }
        }

        foreach (var field in fields)
        {
            configured.TryAdd(Plain(field.Name), field);
            foreach (var name in field.Label!.Texts.Values)
            {
                byName.TryAdd(Plain(name), field);
                configured.TryAdd(Plain(name), field);
            }
        }
    }

    /// <summary>The subjects: the product's, then configured fields, then plugins'.</summary>
    public IReadOnlyList<QueryField> Fields { get; }

    /// <summary>SLA metrics by id, with all their names.</summary>
    public IReadOnlyList<QueryChoice> Metrics { get; }

    /// <summary>Conditions that plugins bring.</summary>
    public IReadOnlyList<QueryFunctionDefinition> Functions { get; }

    /// <summary>What it was made from.</summary>
    public IConfiguration Configuration { get; }

    /// <summary>The condition with this name, in either case; null when there is none.</summary>
    public QueryFunctionDefinition? FindFunction(string name) =>
        Functions.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The subject with this name or alias; null when there is none.</summary>
    public QueryField? Find(string name) => byName.GetValueOrDefault(Plain(name));

    /// <summary>The subject with this name or alias that somebody may name; null when there is none.</summary>
    public QueryField? Find(string name, QueryScope scope) =>
        Find(name) is { } found && scope.MayName(found) ? found : null;

    /// <summary>The configured field with this id or name, also where the product has a subject of that name.</summary>
    public QueryField? FindConfigured(string name) => configured.GetValueOrDefault(Plain(name));

    /// <summary>Ids of the metrics with this id or name.</summary>
    public ValueList<string> FindMetrics(string name) =>
        Matching(Metrics, name).Select(metric => metric.Id).ToValueList();

    /// <summary>The choices with this id, or else with this name in any language as the reader sees it, or else as others see it.</summary>
    internal static IReadOnlyList<QueryChoice> Matching(
        IReadOnlyCollection<QueryChoice> choices,
        string text,
        bool isCustomer = false
    )
    {
        var folded = Folding.Fold(text.Trim());
        var byId = choices.Where(choice => Folding.Fold(choice.Id) == folded).ToList();
        if (byId.Count > 0)
        {
            return byId;
        }

        var own = choices
            .Where(choice => IsNamed(isCustomer ? choice.CustomerNames ?? choice.Names : choice.Names))
            .ToList();
        return own.Count > 0 || isCustomer
            ? own
            : [.. choices.Where(choice => choice.CustomerNames is { } names && IsNamed(names))];

        bool IsNamed(ValueList<LocalizedText> names) =>
            names.Any(name => name.Texts.Values.Any(one => Folding.Fold(one.Trim()) == folded));
    }

    /// <summary>The choices that customers cannot tell from the found ones.</summary>
    internal static IReadOnlyList<QueryChoice> AlikeToCustomers(
        IReadOnlyCollection<QueryChoice> choices,
        IReadOnlyList<QueryChoice> found
    )
    {
        var names = found.SelectMany(choice => choice.CustomerNames ?? []).ToHashSet();
        return names.Count == 0
            ? found
            : [.. choices.Where(choice => found.Contains(choice) || choice.CustomerNames?.Any(names.Contains) == true)];
    }

    private static string Plain(string name)
    {
        var folded = Folding.Fold(name, 100);
        return string.Concat(folded.Where(character => character is not ('-' or '_') && !char.IsWhiteSpace(character)));
    }

    private static QueryField Configured(FieldDocument field) =>
        new()
        {
            Name = field.Id,
            Label = field.Name,
            Document = field,
            Kind = field.Kind switch
            {
                FieldKind.Text or FieldKind.Url => QueryValueKind.Text,
                FieldKind.LongText => QueryValueKind.LongText,
                FieldKind.Number => QueryValueKind.Number,
                FieldKind.Flag => QueryValueKind.Flag,
                FieldKind.Date => QueryValueKind.Date,
                FieldKind.Moment => QueryValueKind.Moment,
                FieldKind.Duration => QueryValueKind.Duration,
                FieldKind.Choice => QueryValueKind.Ranked,
                FieldKind.Choices => QueryValueKind.Named,
                FieldKind.Tags or FieldKind.Attachment => QueryValueKind.Label,
                FieldKind.Organization => QueryValueKind.Organization,
                FieldKind.Team => QueryValueKind.Team,
                _ => QueryValueKind.Person,
            },
            Slot = field.Kind switch
            {
                FieldKind.Number or FieldKind.Flag or FieldKind.Duration => new NumberSlot(
                    NumberColumn.Field,
                    field.Id
                ),
                FieldKind.Moment => new MomentSlot(MomentColumn.Field, field.Id),
                _ => new TextSlot(TextColumn.Field, field.Id),
            },
            Choices = field
                .Choices.Select((choice, place) => new QueryChoice(choice.Id, place, Names(field, choice)))
                .ToValueList(),
            AgentsOnly = !field.CustomersSee,
            IsSortable = ListChoices.HasOrder(field),
        };

    // With those above it first, which tells two of the same name apart; its own name alone names it too.
    private static ValueList<LocalizedText> Names(FieldDocument field, FieldChoice choice) =>
        choice.Under is null
            ? [choice.Name]
            :
            [
                new LocalizedText(
                    ValueMap<string>.From(
                        field
                            .PathTo(choice.Id)
                            .SelectMany(one => one.Name.Texts.Keys)
                            .Distinct(StringComparer.Ordinal)
                            .Select(language => KeyValuePair.Create(language, field.WordsOf(choice.Id, language)))
                    )
                ),
                choice.Name,
            ];

    private static QueryField Plugin(QueryFieldDefinition field)
    {
        var key = SearchableFields.PluginKey(field.Name);
        return new QueryField
        {
            Name = field.Name,
            Kind = field.Kind switch
            {
                QueryFieldKind.Number => QueryValueKind.Number,
                QueryFieldKind.Flag => QueryValueKind.Flag,
                QueryFieldKind.Moment => QueryValueKind.Moment,
                QueryFieldKind.Choice => QueryValueKind.Label,
                _ => QueryValueKind.Text,
            },
            Slot = field.Kind switch
            {
                QueryFieldKind.Number or QueryFieldKind.Flag => new NumberSlot(NumberColumn.Field, key),
                QueryFieldKind.Moment => new MomentSlot(MomentColumn.Field, key),
                _ => new TextSlot(TextColumn.Field, key),
            },
            AgentsOnly = true,
        };
    }

    private static List<QueryChoice> SlaMetrics(IConfiguration configuration) =>
        [
            .. configuration
                .All<SlaPolicyDocument>()
                .SelectMany(policy => policy.Metrics)
                .GroupBy(metric => metric.Id, StringComparer.Ordinal)
                .Select(group => new QueryChoice(
                    group.Key,
                    0,
                    group.Select(metric => metric.Name).Distinct().ToValueList()
                )),
        ];
}
