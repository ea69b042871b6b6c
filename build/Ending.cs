namespace Pipeline.Build;

/// <summary>What is done after the last task, also when one has failed.</summary>
internal static class Ending
{
    private static readonly List<Action> Actions = [];

    /// <summary>Adds something to be done.</summary>
    public static void Add(Action action) => Actions.Add(action);

    /// <summary>Does it.</summary>
    public static void Run() => Actions.ForEach(action => action());
}
