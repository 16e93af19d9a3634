namespace Greetings;

public static class Greeting
{
    /// <summary>Exists in version 2 only.</summary>
    public static string OfToday() => "two";
}
