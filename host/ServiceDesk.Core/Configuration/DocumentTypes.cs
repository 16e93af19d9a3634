using System.Collections.Frozen;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Configuration;

/// <summary>Which record holds which kind of document.</summary>
public static class DocumentTypes
{
    private static readonly FrozenDictionary<string, Type> TypeOfKind = new Dictionary<string, Type>(
        StringComparer.Ordinal
    )
    {
        [DocumentKinds.Desk] = typeof(DeskDocument),
        [DocumentKinds.TicketType] = typeof(TicketTypeDocument),
        [DocumentKinds.RequestType] = typeof(RequestTypeDocument),
        [DocumentKinds.Field] = typeof(FieldDocument),
        [DocumentKinds.Approval] = typeof(ApprovalDocument),
        [DocumentKinds.Workflow] = typeof(WorkflowDocument),
        [DocumentKinds.Calendar] = typeof(CalendarDocument),
        [DocumentKinds.SlaPolicy] = typeof(SlaPolicyDocument),
        [DocumentKinds.Queue] = typeof(QueueDocument),
        [DocumentKinds.Assignment] = typeof(AssignmentDocument),
        [DocumentKinds.Rule] = typeof(RuleDocument),
        [DocumentKinds.Macro] = typeof(MacroDocument),
        [DocumentKinds.HelpCentre] = typeof(HelpCentreDocument),
        [DocumentKinds.FileRules] = typeof(FileRulesDocument),
        [DocumentKinds.Role] = typeof(RoleDocument),
        [DocumentKinds.LinkType] = typeof(LinkTypeDocument),
        [DocumentKinds.AllowedHost] = typeof(AllowedHostDocument),
        [DocumentKinds.Script] = typeof(ScriptDocument),
        [DocumentKinds.Report] = typeof(ReportDocument),
        [DocumentKinds.Dashboard] = typeof(DashboardDocument),
        [DocumentKinds.PluginSettings] = typeof(PluginSettingsDocument),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, string> KindOfType = TypeOfKind.ToFrozenDictionary(
        entry => entry.Value,
        entry => entry.Key
    );

    /// <summary>The record of a kind; null for an unknown kind.</summary>
    public static Type? Find(string kind) => TypeOfKind.GetValueOrDefault(kind);

    /// <summary>The kind of a document.</summary>
    public static string KindOf(ConfigurationDocument document) => KindOf(document.GetType());

    /// <summary>The kind of a document type.</summary>
    /// <exception cref="KeyNotFoundException">The type is not one of the documents.</exception>
    public static string KindOf(Type type) => KindOfType[type];
}
