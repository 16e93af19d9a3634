namespace ServiceDesk.Host.Intake.Demo;

/// <summary>The demo's company cannot be made here: what its documents name is not there.</summary>
/// <param name="places">What was missing where.</param>
public sealed class DemoImpossibleException(string places) : Exception(places);
