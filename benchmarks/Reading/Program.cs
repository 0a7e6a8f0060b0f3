// Runs the benchmarks of reading: dotnet run -c Release --project benchmarks/Reading. "-- --job short" takes a minute and is coarse.
using System;
using System.IO;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using ChatKit.Benchmarks.Reading;

IConfig config = DefaultConfig.Instance
    .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "results"))
    .HideColumns(Column.RatioSD, Column.Gen0, Column.Gen1, Column.Gen2);
BenchmarkRunner.Run<ReadingBenchmarks>(config, args);
