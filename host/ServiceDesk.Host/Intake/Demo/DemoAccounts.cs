namespace ServiceDesk.Host.Intake.Demo;

/// <summary>Whom one can be in the demo. Known to everyone, which is why the demo listens on loopback only.</summary>
public static class DemoAccounts
{
    /// <summary>The password of everyone.</summary>
    public const string Password = "demo-servicedesk";

    /// <summary>One of each kind: the text key of what the person is, and the address.</summary>
    public static IReadOnlyList<(string Kind, string Email)> Shown { get; } =
    [
        ("demo.customer-korean", Email("jimin.han")),
        ("demo.customer-english", Email("sarah.thompson")),
        ("demo.agent-korean", Email("minsu.kim")),
        ("demo.agent-english", Email("emily.carter")),
        ("demo.administrator", Email("admin")),
    ];

    internal static string Email(string name) => $"{name}@example.com";
}
