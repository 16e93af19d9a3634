using ServiceDesk.Core.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Configuration.Templates;

/// <summary>What a new desk can begin as.</summary>
/// <param name="Id">The template's id.</param>
/// <param name="UsualKey">A key for a desk whose name has no Latin letters.</param>
/// <param name="Name">What such a desk is called.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Icon">Its icon.</param>
/// <param name="Agents">Who works on such a desk; of one that begins closed nobody yet.</param>
/// <param name="Customers">Who may ask it.</param>
public sealed record DeskTemplate(
    string Id,
    string UsualKey,
    LocalizedText Name,
    LocalizedText? Description,
    string Icon,
    DeskAgents Agents,
    DeskCustomers Customers
);

/// <summary>
/// The templates of desks that come with the product: documents in which <c>{{KEY}}</c> stands for the key of the new desk,
/// <c>{{key}}</c> for the same in small letters and <c>{{calendar}}</c> for the calendar of its promises.
/// </summary>
public sealed class DeskTemplates
{
    private const string Folder = "desk-templates/";

    private static readonly (string Id, string UsualKey)[] Known =
    [
        ("it-support", "IT"),
        ("hr", "HR"),
        ("facilities", "FAC"),
        ("legal", "LEGAL"),
        ("finance", "FIN"),
        ("customer-support", "CS"),
        ("blank", "DESK"),
    ];

    private readonly DocumentText text;

    /// <summary>Reads the templates.</summary>
    public DeskTemplates(DocumentText text)
    {
        this.text = text;
        All = [.. Known.Select(template => Head(template.Id, template.UsualKey))];
    }

    /// <summary>The templates, in the order in which they are offered.</summary>
    public IReadOnlyList<DeskTemplate> All { get; }

    /// <summary>The template with the id; null for none.</summary>
    public DeskTemplate? Find(string id) => All.FirstOrDefault(template => template.Id == id);

    /// <summary>The documents of a template for a new desk.</summary>
    /// <param name="template">One of the templates.</param>
    /// <param name="key">The key of the desk, of capital letters and digits.</param>
    /// <param name="calendar">The id of the calendar of its promises.</param>
    public IReadOnlyList<ConfigurationDocument> DocumentsOf(DeskTemplate template, string key, string calendar) =>
        [
            .. Source(template.Id)
                .ReplaceLineEndings("\n")
                .Replace("{{KEY}}", key, StringComparison.Ordinal)
                .Replace("{{key}}", key.ToLowerInvariant(), StringComparison.Ordinal)
                .Replace("{{calendar}}", calendar, StringComparison.Ordinal)
                .Split("\n---\n")
                .Select(yaml => Read(template.Id, yaml)),
        ];

    private DeskTemplate Head(string id, string usualKey)
    {
        var head = new DeskTemplate(
            id,
            usualKey,
            LocalizedText.Of(id),
            null,
            "",
            new DeskAgents(),
            new DeskCustomers()
        );
        var desk = DocumentsOf(head, "TEMPLATE", "24x7").OfType<DeskDocument>().Single();
        return head with
        {
            Name = desk.Name,
            Description = desk.Description,
            Icon = desk.Icon,
            Agents = desk.Agents,
            Customers = desk.Customers,
        };
    }

    private ConfigurationDocument Read(string id, string yaml)
    {
        var reading = text.FromYaml(yaml);
        return reading.Document
            ?? throw new InvalidOperationException($"The template {id} has a document that cannot be read: {yaml}");
    }

    private static string Source(string id)
    {
        var assembly = typeof(DeskTemplates).Assembly;
        using var reader = new StreamReader(assembly.GetManifestResourceStream($"{Folder}{id}.yaml")!);
        return reader.ReadToEnd();
    }
}
