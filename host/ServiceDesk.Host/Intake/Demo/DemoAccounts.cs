namespace ServiceDesk.Host.Intake.Demo;

/// <summary>Whom one can be in the demo. Known to everyone, which is why the demo listens on loopback only.</summary>
public static class DemoAccounts
{
    /// <summary>The password of everyone.</summary>
    public const string Password = "demo-servicedesk";

    /// <summary>One of each kind: the text key of what the person is, an icon, and the address.</summary>
    public static IReadOnlyList<(string Kind, string Icon, string Email)> Shown { get; } =
    [
        ("demo.customer-korean", "user", Email("jimin.han")),
        ("demo.customer-english", "user", Email("sarah.thompson")),
        ("demo.agent-korean", "headset", Email("minsu.kim")),
        ("demo.agent-english", "headset", Email("emily.carter")),
        ("demo.administrator", "settings", Email("admin")),
    ];

    internal static string Email(string name) => $"{name}@example.com";
}
