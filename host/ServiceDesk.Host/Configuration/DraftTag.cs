using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ServiceDesk.Storage.Automation;
using ServiceDesk.Storage.Sla;
using ServiceDesk.Storage.Workflow;

namespace ServiceDesk.Host.Configuration;

/// <summary>The tag of a draft, by which whoever writes it says what was seen: another one whenever the draft says something else.</summary>
public static class DraftTag
{
    private const int Length = 32;

    /// <summary>The tag of a rule's draft.</summary>
    public static string Of(RuleDraft draft) => Of(draft.BaseVersion, draft.Document);

    /// <summary>The tag of the draft of an SLA policy or calendar.</summary>
    public static string Of(SlaDraft draft) => Of(draft.BaseVersion, draft.Yaml);

    /// <summary>The tag of a workflow's draft.</summary>
    public static string Of(WorkflowDraft draft) => Of(draft.BaseVersion, draft.Document);

    /// <summary>The tag where there is no draft yet: the version of the document from which one would be begun.</summary>
    public static string Of(int version) => version.ToString(CultureInfo.InvariantCulture);

    private static string Of(int version, string content) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Of(version)}\n{content}")))[..Length];
}
