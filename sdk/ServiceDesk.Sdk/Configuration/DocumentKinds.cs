using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Configuration;

/// <summary>The kinds of configuration documents. Stored by the given name.</summary>
public static class DocumentKinds
{
    /// <summary>A desk.</summary>
    public const string Desk = "desk";

    /// <summary>A ticket type.</summary>
    public const string TicketType = "ticket-type";

    /// <summary>A request type.</summary>
    public const string RequestType = "request-type";

    /// <summary>A field.</summary>
    public const string Field = "field";

    /// <summary>An approval policy.</summary>
    public const string Approval = "approval";

    /// <summary>A workflow.</summary>
    public const string Workflow = "workflow";

    /// <summary>A working-time calendar.</summary>
    public const string Calendar = "calendar";

    /// <summary>An SLA policy.</summary>
    public const string SlaPolicy = "sla-policy";

    /// <summary>A queue.</summary>
    public const string Queue = "queue";

    /// <summary>A rule.</summary>
    public const string Rule = "rule";

    /// <summary>A macro.</summary>
    public const string Macro = "macro";

    /// <summary>To whom of a team tickets are given by themselves.</summary>
    public const string Assignment = "assignment";

    /// <summary>A role.</summary>
    public const string Role = "role";

    /// <summary>How the help centre looks.</summary>
    public const string HelpCentre = "help-centre";

    /// <summary>Which files tickets take.</summary>
    public const string FileRules = "file-rules";

    /// <summary>A way in which tickets can be linked.</summary>
    public const string LinkType = "link-type";

    /// <summary>The saved settings of a plugin.</summary>
    public const string PluginSettings = "plugin-settings";

    /// <summary>A script.</summary>
    public const string Script = "script";

    /// <summary>A host that scripts may ask over HTTP.</summary>
    public const string AllowedHost = "allowed-host";

    /// <summary>A report.</summary>
    public const string Report = "report";

    /// <summary>A dashboard.</summary>
    public const string Dashboard = "dashboard";

    /// <summary>All kinds, in the order in which an import must write them.</summary>
    public static ValueList<string> All { get; } =
    [
        Role,
        Calendar,
        AllowedHost,
        Script,
        Field,
        Approval,
        Workflow,
        TicketType,
        Desk,
        RequestType,
        SlaPolicy,
        Queue,
        Assignment,
        LinkType,
        Rule,
        Macro,
        HelpCentre,
        FileRules,
        Report,
        Dashboard,
        PluginSettings,
    ];
}
