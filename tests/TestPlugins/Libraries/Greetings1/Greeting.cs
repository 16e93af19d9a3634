namespace Greetings;

public static class Greeting
{
    /// <summary>Exists in version 1 only.</summary>
    public static string OfTheOldDays() => "one";
}
